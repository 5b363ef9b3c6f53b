import type { Span } from '@opentelemetry/api';
import { reportFault } from '../diagnostics';

/** Runs a hook of the application's: what it throws, or rejects with, must reach neither the operation nor the process. */
export function runHook<Info>(
  name: string,
  hook: ((span: Span, info: Info) => unknown) | undefined,
  span: Span,
  info: Info,
): void {
  const report = (error: unknown) => {
    reportFault(`the ${name} threw an error`, error);
  };
  try {
    const result = hook?.(span, info);
    if (result instanceof Promise) result.catch(report);
  } catch (error) {
    report(error);
  }
}
