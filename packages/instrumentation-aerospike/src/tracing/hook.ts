import { diag } from '@opentelemetry/api';
import { PACKAGE_NAME } from '../version';

/** Runs a hook of the application's: what it throws must not reach the operation. */
export function runHook(name: string, run: () => void): void {
  try {
    run();
  } catch (error) {
    diag.error(`${PACKAGE_NAME}: the ${name} threw an error`, error);
  }
}
