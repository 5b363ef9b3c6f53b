/** A background scan or query, and what became of it. */
export interface Job {
  readonly id: bigint;
  readonly namespace: string;
  /** '' when it works on the whole namespace. */
  readonly set: string;
  /** Name of the index it uses. */
  readonly index: string | undefined;
  /** The function it calls for each record; otherwise it runs operations. */
  readonly udf: { readonly module: string; readonly name: string } | undefined;
  /** Records per second that its client allows it; it is not held back. */
  readonly recordsPerSecond: number;
  readonly startedMs: number;
  readonly finishedMs: number;
  /** Numbers of records. */
  readonly succeeded: number;
  readonly failed: number;
  readonly filtered: number;
}

const MAX_JOBS = 100;

/** The background jobs that clients can still ask about: the last ones. */
export class JobLog {
  readonly #jobs = new Map<bigint, Job>();

  add(job: Job): void {
    this.#jobs.set(job.id, job);
    const [oldest] = this.#jobs.keys();
    if (this.#jobs.size > MAX_JOBS && oldest !== undefined) this.#jobs.delete(oldest);
  }

  get(id: bigint): Job | undefined {
    return this.#jobs.get(id);
  }

  values(): Iterable<Job> {
    return this.#jobs.values();
  }
}
