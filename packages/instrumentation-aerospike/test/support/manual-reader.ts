import { MetricReader } from '@opentelemetry/sdk-metrics';

/** A reader that collects when a test asks. */
export class ManualReader extends MetricReader {
  protected override onForceFlush(): Promise<void> {
    return Promise.resolve();
  }

  protected override onShutdown(): Promise<void> {
    return Promise.resolve();
  }
}
