import { diag, DiagLogLevel, type DiagLogger } from '@opentelemetry/api';
import { registeredWithApi } from '../api-globals';
import { logLevel } from '../notices';

/** OpenTelemetry's own diagnostics, on standard error, since standard output belongs to the application. */
const DIAG_LOGGER: DiagLogger = {
  error: console.error,
  warn: console.error,
  info: console.error,
  debug: console.error,
  verbose: console.error,
};

/** Shows OpenTelemetry's diagnostics, unless the application has a logger for them. */
export function showDiagnostics(): void {
  if (registeredWithApi().diag === undefined) {
    diag.setLogger(DIAG_LOGGER, { logLevel: DiagLogLevel[logLevel()] });
  }
}
