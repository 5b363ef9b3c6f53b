import { diag } from '@opentelemetry/api';
import { registeredWithApi } from './api-globals';
import { isSaidAt, say } from './notices';
import { PACKAGE_NAME } from './version';

let isOwnShown = false;

/** What has been shown: what goes wrong with every operation is shown once. */
const shown = new Set<string>();

/**
 * Shows on standard error what this package logs, as long as nobody has a logger for OpenTelemetry's diagnostics. To set
 * one would show what the application logs too.
 */
export function showOwnDiagnostics(): void {
  isOwnShown = true;
}

/** Logs through OpenTelemetry's diagnostic logger, with the name of this package. */
export function log(level: 'error' | 'warn', what: string, ...details: readonly unknown[]): void {
  const line = `${PACKAGE_NAME}: ${what}`;
  diag[level](line, ...details);
  const isUnheard = registeredWithApi().diag === undefined;
  if (!isOwnShown || !isUnheard || !isSaidAt(level === 'error' ? 'ERROR' : 'WARN')) return;
  if (shown.has(what)) return;
  shown.add(what);
  console.error(line, ...details);
}

/**
 * Tells OpenTelemetry's diagnostic logger of a fault that the application must not notice: not even when the logger,
 * which is the application's, fails in its turn.
 */
export function reportFault(what: string, error: unknown): void {
  safely(() => {
    log('error', what, error);
  });
}

function safely(tell: () => void): void {
  try {
    tell();
  } catch {
    // There is nobody left to tell.
  }
}

const LOST = { MeterProvider: 'are not measured', TracerProvider: 'have no spans' } as const;

/** Those that have been told of: what they fail with may differ each time. */
const failing = new Set<string>();

/** Tells of a provider of the application's that fails: each time to the diagnostic logger, and once to everybody. */
export function reportFailing(provider: keyof typeof LOST, error: unknown): void {
  safely(() => {
    diag.error(`${PACKAGE_NAME}: the ${provider} fails`, error);
  });
  if (failing.has(provider)) return;
  failing.add(provider);
  say('failingProvider', provider, LOST[provider], reasonOf(error));
}

/** What anybody may have thrown, in one line. */
export function reasonOf(error: unknown): string {
  try {
    const text = error instanceof Error ? error.message : String(error);
    return text.replaceAll(/\s+/g, ' ');
  } catch {
    return 'an error that cannot be read';
  }
}

/** The class of an object that the application has set up, for people. */
export function className(of: object): string {
  const { constructor } = of as { readonly constructor?: { readonly name?: unknown } };
  const name = constructor?.name;
  return typeof name === 'string' && name !== '' && name !== 'Object'
    ? name
    : 'one without a class';
}
