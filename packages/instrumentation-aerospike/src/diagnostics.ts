import { diag } from '@opentelemetry/api';
import { PACKAGE_NAME } from './version';

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
