import type { Notice } from './calls';

/** Has the process that started the server say something on its standard error. */
export function tell(notice: string): void {
  process.send?.({ notice } satisfies Notice);
}
