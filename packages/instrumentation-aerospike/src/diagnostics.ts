import { diag } from '@opentelemetry/api';
import { PACKAGE_NAME } from './version';

/**
 * Tells whoever runs the process, on standard error, since standard output belongs to the application. Only for what
 * would else leave metrics missing in silence.
 */
export function tell(line: string): void {
  console.error(`${PACKAGE_NAME}: ${line}`);
}

/**
 * Tells OpenTelemetry's diagnostic logger of a fault that the application must not notice: not even when the logger,
 * which is the application's, fails in its turn.
 */
export function reportFault(what: string, error: unknown): void {
  try {
    diag.error(`${PACKAGE_NAME}: ${what}`, error);
  } catch {
    // There is nobody left to tell.
  }
}
