import type { Tracer, TracerProvider } from '@opentelemetry/api';
import { PACKAGE_NAME, PACKAGE_VERSION } from '../version';

/** What the API gives out as TracerProvider; one that is registered later stands behind it. */
interface ProxyProvider extends TracerProvider {
  getDelegateTracer(name: string, version?: string): Tracer | undefined;
}

/** Finds the tracer of a TracerProvider, as soon as one is registered. */
export class TracerSource {
  private found: Tracer | undefined;

  constructor(private readonly provider: TracerProvider) {}

  /** Undefined as long as spans would go nowhere. */
  get tracer(): Tracer | undefined {
    this.found ??= this.find();
    return this.found;
  }

  private find(): Tracer | undefined {
    const { provider } = this;
    return isProxy(provider)
      ? provider.getDelegateTracer(PACKAGE_NAME, PACKAGE_VERSION)
      : provider.getTracer(PACKAGE_NAME, PACKAGE_VERSION);
  }
}

function isProxy(provider: TracerProvider): provider is ProxyProvider {
  return 'getDelegateTracer' in provider;
}
