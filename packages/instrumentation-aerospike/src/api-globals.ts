/** Where @opentelemetry/api keeps what is registered with it. It has no function that tells what that is. */
const API_GLOBALS = Symbol.for('opentelemetry.js.api.1');

/** What is registered with the API, by whatever copy of it, and the version of that copy. */
export function registeredWithApi(): Partial<
  Record<'version' | 'metrics' | 'trace' | 'diag', unknown>
> {
  return (globalThis as Record<symbol, object | undefined>)[API_GLOBALS] ?? {};
}
