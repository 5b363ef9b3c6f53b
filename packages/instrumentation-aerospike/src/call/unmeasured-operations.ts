import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unseenVersion } from '../api-globals';
import { say } from '../notices';
import { noteOperation, saySummarySoon } from '../summary';

/** How long an application may take to register an SDK after its first operation. */
const PATIENCE_MS = 10_000;

/** Says, once, that operations are made which nobody measures. */
export class UnmeasuredOperations {
  private isWaiting = false;
  private isTracingChecked = false;

  /** @param isIntended whether somebody measures or traces by now after all, or has switched it off */
  constructor(private readonly isIntended: () => boolean) {}

  /** Takes note of an operation that nobody measures or traces. An SDK may still be registered. */
  onUnmeasured(): void {
    if (this.isWaiting) return;
    this.isWaiting = true;
    noteOperation();
    const check = () => {
      if (!this.isIntended()) this.tell();
      saySummarySoon();
    };
    setTimeout(check, PATIENCE_MS).unref();
    process.once('exit', check);
  }

  /** Takes note of an operation that is measured, and that nobody traces: a TracerProvider may be there that is not seen. */
  onUntraced(): void {
    if (this.isTracingChecked) return;
    this.isTracingChecked = true;
    tellOfUnseen('trace');
  }

  private tell(): void {
    if (!tellOfUnseen('metrics') && !tellOfUnseen('trace')) say('noProvider');
  }
}

const PROVIDERS = { metrics: 'MeterProvider', trace: 'TracerProvider' } as const;

/** @returns whether there is a provider that is not seen */
function tellOfUnseen(kind: keyof typeof PROVIDERS): boolean {
  const unseen = unseenVersion(kind);
  if (unseen !== undefined) say('foreignApi', PROVIDERS[kind], unseen, apiVersion());
  return unseen !== undefined;
}

/** The version of @opentelemetry/api that this package uses, which that itself does not tell. */
function apiVersion(): string {
  const name = '@opentelemetry/api';
  try {
    const [folder] = require.resolve(name).split(/(?<=[\\/]@opentelemetry[\\/]api)[\\/]/);
    const text = readFileSync(join(String(folder), 'package.json'), 'utf8');
    return String((JSON.parse(text) as { readonly version?: unknown }).version);
  } catch {
    // A bundler has put it into the application's file, or it is installed in a place of another name.
    return 'another version';
  }
}
