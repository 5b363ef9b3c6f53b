import type { Tracer, TracerProvider } from '@opentelemetry/api';
import { reportFault } from '../diagnostics';
import { PACKAGE_NAME, PACKAGE_VERSION } from '../version';

/** What the API gives out as TracerProvider; one that is registered later stands behind it. */
interface ProxyProvider extends TracerProvider {
  getDelegateTracer(name: string, version?: string): Tracer | undefined;
}

/** Finds the tracer of a TracerProvider, as soon as one is registered. */
export class TracerSource {
  private found: Tracer | undefined;
  private isBroken = false;

  constructor(private readonly provider: TracerProvider) {}

  /** Undefined as long as spans would go nowhere. */
  get tracer(): Tracer | undefined {
    if (!this.isBroken) this.found ??= this.find();
    return this.found;
  }

  private find(): Tracer | undefined {
    const { provider } = this;
    try {
      return isProxy(provider)
        ? provider.getDelegateTracer(PACKAGE_NAME, PACKAGE_VERSION)
        : provider.getTracer(PACKAGE_NAME, PACKAGE_VERSION);
    } catch (error) {
      this.isBroken = true;
      reportFault('the TracerProvider gave no tracer', error);
      return undefined;
    }
  }
}

function isProxy(provider: TracerProvider): provider is ProxyProvider {
  return 'getDelegateTracer' in provider;
}
