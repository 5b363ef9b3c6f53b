import { diag, DiagLogLevel, type DiagLogger } from '@opentelemetry/api';
import { registeredWithApi } from '../api-globals';
import { showOwnDiagnostics } from '../diagnostics';
import { wantsDiagnostics, logLevel } from '../notices';

/** OpenTelemetry's own diagnostics, on standard error, since standard output belongs to the application. */
const DIAG_LOGGER: DiagLogger = {
  error: console.error,
  warn: console.error,
  info: console.error,
  debug: console.error,
  verbose: console.error,
};

/**
 * Shows what this package logs, and with `OTEL_LOG_LEVEL=debug` all of OpenTelemetry's diagnostics, unless the
 * application has a logger for them. Without that level the application's own would appear, which nobody has asked for.
 */
export function showDiagnostics(): void {
  showOwnDiagnostics();
  if (wantsDiagnostics() && registeredWithApi().diag === undefined) {
    diag.setLogger(DIAG_LOGGER, { logLevel: DiagLogLevel[logLevel()] });
  }
}
