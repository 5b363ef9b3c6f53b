import { AerospikeError, type Key } from 'aerospike';

/** How often the demo itself has seen a call end in one way. */
export interface CallCount {
  readonly operation: string;
  readonly namespace: string;
  readonly set: string;
  /** Status code of the error; left out for calls that succeeded. */
  readonly code?: number;
  readonly count: number;
}

/** The demo's own count of its calls, made without the instrumentation, to compare the metric with. */
export class CallCounts {
  private readonly counts = new Map<string, CallCount>();

  /** Counts a call when it has completed. Its failure is part of the demo. */
  async count(operation: string, { ns, set }: Key, call: Promise<unknown>): Promise<void> {
    const code = await call.then(() => undefined, codeOf);
    const id = [operation, ns, set, code].join(' ');
    this.counts.set(id, {
      operation,
      namespace: ns,
      set,
      ...(code !== undefined && { code }),
      count: (this.counts.get(id)?.count ?? 0) + 1,
    });
  }

  all(): CallCount[] {
    return [...this.counts.values()];
  }
}

function codeOf(error: unknown): number {
  if (error instanceof AerospikeError) return Number(error.code);
  throw error;
}
