import { createNoopMeter, metrics, trace } from '@opentelemetry/api';
import { PACKAGE_NAME } from './version';

/** Where @opentelemetry/api keeps what is registered with it. It has no function that tells what that is. */
const API_GLOBALS = Symbol.for('opentelemetry.js.api.1');

type Registered = Partial<Record<'version' | 'metrics' | 'trace' | 'diag', unknown>>;

/** What is registered with the API, by whatever copy of it, and the version of that copy. */
export function registeredWithApi(): Registered {
  return (globalThis as Record<symbol, Registered | undefined>)[API_GLOBALS] ?? {};
}

/** The version of the API that a provider is registered with which ours does not see; undefined where there is none. */
export function unseenVersion(kind: 'metrics' | 'trace'): string | undefined {
  const { version, [kind]: registered } = registeredWithApi();
  const seen = kind === 'metrics' ? metrics.getMeterProvider() : trace.getTracerProvider();
  return registered === undefined || registered === seen ? undefined : String(version);
}

/** How each is asked, and what takes its place: something that does nothing. */
const PROVIDERS = {
  metrics: { method: 'getMeter', nothing: { getMeter: createNoopMeter } },
  trace: { method: 'getTracer', nothing: { getTracer: () => undefined } },
} as const;

/**
 * Takes the registered providers away that throw when they are asked, for what would pass that on. It is to be undone
 * before anything else can run, so that nobody else sees it.
 *
 * @returns what undoes it; undefined where none throws
 */
export function setFailingProvidersAside(): (() => void) | undefined {
  const registered = registeredWithApi();
  const aside: Registered = {};
  for (const kind of ['metrics', 'trace'] as const) {
    const { method, nothing } = PROVIDERS[kind];
    if (!isFailing(registered[kind], method)) continue;
    aside[kind] = registered[kind];
    registered[kind] = nothing;
  }
  if (Object.keys(aside).length === 0) return undefined;
  return () => {
    Object.assign(registered, aside);
  };
}

function isFailing(provider: unknown, method: string): boolean {
  const asked = provider as Record<string, ((name: string) => unknown) | undefined> | undefined;
  try {
    asked?.[method]?.(PACKAGE_NAME);
    return false;
  } catch {
    return true;
  }
}
