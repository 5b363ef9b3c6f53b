import { createRequire } from 'node:module';
import { MeterProvider, type IMetricReader } from '@opentelemetry/sdk-metrics';
import { DurationExporter } from '../prometheus/duration-exporter';
import { durationView } from '../prometheus/duration-view';
import { METRIC_DB_CLIENT_OPERATION_DURATION } from '../semconv';
import type { Settings } from './environment';
import { periodicReader } from './metric-readers';
import type { Notices } from './notices';
import { PrometheusEndpoint } from './prometheus-endpoint';

type Resources = typeof import('@opentelemetry/resources');

/** An SDK of our own, for a process that has none: what the environment variables ask for. */
export class Sdk {
  readonly meterProvider: MeterProvider;
  private readonly endpoint: PrometheusEndpoint | undefined;
  private ended: Promise<void> | undefined;

  constructor(settings: Settings, notices: Notices) {
    const readers: IMetricReader[] = [];
    for (const name of new Set(settings.exporters)) {
      if (name === 'none') continue;
      if (name === 'prometheus') {
        const exporter = new DurationExporter();
        this.endpoint = new PrometheusEndpoint(exporter, settings, notices);
        readers.push(exporter);
      } else {
        try {
          readers.push(periodicReader(name, settings));
        } catch (error) {
          notices.error((error as Error).message);
        }
      }
    }
    const { boundaries } = settings;
    this.meterProvider = new MeterProvider({
      readers,
      resource: resourceFromEnvironment(),
      views: [
        durationView({
          name: METRIC_DB_CLIENT_OPERATION_DURATION,
          ...(boundaries && { boundaries }),
        }),
      ],
    });
  }

  /** Starts to serve; what stands in the way is told, and the application goes on. */
  async start(): Promise<void> {
    await this.endpoint?.open();
  }

  /** Exports what has been measured since the last time, and stops. It may be called more than once. */
  shutdown(): Promise<void> {
    this.ended ??= this.end();
    return this.ended;
  }

  private async end(): Promise<void> {
    await this.endpoint?.close();
    await this.meterProvider.shutdown();
  }
}

/** The default resource with OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES. */
function resourceFromEnvironment(): ReturnType<Resources['defaultResource']> {
  // A dependency of the SDK, which need not be visible from here.
  const requireFromSdk = createRequire(require.resolve('@opentelemetry/sdk-metrics'));
  const { defaultResource, detectResources, envDetector } = requireFromSdk(
    '@opentelemetry/resources',
  ) as Resources;
  return defaultResource().merge(detectResources({ detectors: [envDetector] }));
}
