import { diag, DiagLogLevel, type DiagLogger } from '@opentelemetry/api';
import { logLevel } from '../notices';

/** OpenTelemetry's own diagnostics, on standard error, since standard output belongs to the application. */
const DIAG_LOGGER: DiagLogger = {
  error: console.error,
  warn: console.error,
  info: console.error,
  debug: console.error,
  verbose: console.error,
};

/** Where the API keeps what is registered; it has no function that tells whether a logger is. */
const API_GLOBALS = Symbol.for('opentelemetry.js.api.1');

/** Shows OpenTelemetry's diagnostics, unless the application has a logger for them. */
export function showDiagnostics(): void {
  const globals = (globalThis as Record<symbol, unknown>)[API_GLOBALS] as
    { diag?: unknown } | undefined;
  if (globals?.diag === undefined) {
    diag.setLogger(DIAG_LOGGER, { logLevel: DiagLogLevel[logLevel()] });
  }
}
