import { AerospikeError } from 'aerospike';

/** How often operations have ended in which way, as the application saw it: by `get users ok`, `put users 9`. */
export class CallCounts {
  readonly byKind = new Map<string, number>();
  total = 0;
  errors = 0;

  /** Counts a call when it has completed. That it fails is to be expected. */
  async count(operation: string, set: string, call: Promise<unknown>): Promise<void> {
    const outcome = await call.then(() => 'ok', codeOf);
    const kind = `${operation} ${set} ${outcome}`;
    this.byKind.set(kind, (this.byKind.get(kind) ?? 0) + 1);
    this.total++;
    if (outcome !== 'ok') this.errors++;
  }
}

function codeOf(error: unknown): string {
  if (error instanceof AerospikeError) return String(error.code);
  throw error;
}
