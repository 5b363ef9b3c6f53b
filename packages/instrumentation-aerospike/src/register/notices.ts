import { diag, DiagLogLevel, type DiagLogger } from '@opentelemetry/api';
import { PACKAGE_NAME } from '../version';

/**
 * What whoever runs the process is told. It goes to standard error, since standard output belongs to the application.
 */
export class Notices {
  constructor(private readonly level: DiagLogLevel) {}

  error(message: string): void {
    this.write(DiagLogLevel.ERROR, message);
  }

  warn(message: string): void {
    this.write(DiagLogLevel.WARN, message);
  }

  info(message: string): void {
    this.write(DiagLogLevel.INFO, message);
  }

  private write(level: DiagLogLevel, message: string): void {
    if (level <= this.level) console.error(`${PACKAGE_NAME}: ${message}`);
  }
}

/** OpenTelemetry's own diagnostics, on standard error too. */
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
export function showDiagnostics(logLevel: DiagLogLevel): void {
  const globals = (globalThis as Record<symbol, unknown>)[API_GLOBALS] as
    { diag?: unknown } | undefined;
  if (globals?.diag === undefined) diag.setLogger(DIAG_LOGGER, { logLevel });
}
