import type { Tracer, TracerProvider } from '@opentelemetry/api';
import { reportFailing } from '../diagnostics';
import { PACKAGE_NAME, PACKAGE_VERSION } from '../version';

/** What the API gives out as TracerProvider; one that is registered later stands behind it. */
interface ProxyProvider extends TracerProvider {
  getDelegate(): TracerProvider;
  getDelegateTracer(name: string, version?: string): Tracer | undefined;
}

/** Finds the tracer of a TracerProvider, as soon as one is registered. */
export class TracerSource {
  private found: Tracer | undefined;
  private foundIn: object | undefined;
  private isBroken = false;

  constructor(private readonly registered: TracerProvider) {}

  /** Undefined as long as spans would go nowhere. */
  get tracer(): Tracer | undefined {
    if (!this.isBroken) this.found ??= this.find();
    return this.found;
  }

  /** What the spans of the tracer end in, by identity. */
  get provider(): object {
    return this.foundIn ?? this.registered;
  }

  /** The same, where spans go anywhere. */
  get active(): object | undefined {
    return this.tracer === undefined ? undefined : this.provider;
  }

  private find(): Tracer | undefined {
    const { registered } = this;
    try {
      if (!isProxy(registered)) return registered.getTracer(PACKAGE_NAME, PACKAGE_VERSION);
      this.foundIn = registered.getDelegate();
      return registered.getDelegateTracer(PACKAGE_NAME, PACKAGE_VERSION);
    } catch (error) {
      this.isBroken = true;
      reportFailing('TracerProvider', error);
      return undefined;
    }
  }
}

function isProxy(provider: TracerProvider): provider is ProxyProvider {
  return 'getDelegateTracer' in provider && 'getDelegate' in provider;
}
