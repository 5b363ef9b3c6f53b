import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { say } from '../notices';

/** How long an application may take to register an SDK after its first operation. */
const PATIENCE_MS = 10_000;

/** Where the API keeps what is registered, with the version of the copy that has registered it. */
const API_GLOBALS = Symbol.for('opentelemetry.js.api.1');

/** Says, once, that operations are made which nobody measures. */
export class Unheard {
  private isWaiting = false;

  /** @param isHeard whether anybody measures or traces by now, or has switched it off */
  constructor(private readonly isHeard: () => boolean) {}

  /** An operation has been made that nobody wants to know of. An SDK may still be registered. */
  notice(): void {
    if (this.isWaiting) return;
    this.isWaiting = true;
    const check = () => {
      if (!this.isHeard()) this.tell();
    };
    setTimeout(check, PATIENCE_MS).unref();
    process.once('exit', check);
  }

  private tell(): void {
    const globals = (globalThis as Record<symbol, unknown>)[API_GLOBALS] as
      { readonly version?: unknown; readonly metrics?: unknown } | undefined;
    if (globals?.metrics === undefined) say('noProvider');
    else say('foreignApi', String(globals.version), apiVersion());
  }
}

/** The version of @opentelemetry/api that this package uses, which that itself does not tell. */
function apiVersion(): string {
  try {
    const folder = dirname(require.resolve('@opentelemetry/api'));
    const text = readFileSync(join(folder, '..', '..', 'package.json'), 'utf8');
    return String((JSON.parse(text) as { readonly version?: unknown }).version);
  } catch {
    // A bundler has put it into the application's file.
    return 'another version';
  }
}
