import { monitorEventLoopDelay } from 'node:perf_hooks';
import { samplesOf } from '@test/support';
import type { CallCounts } from './call-counts';

/** The state of the process at one time. */
export interface Sample {
  /** Since the start. */
  readonly seconds: number;
  /** Calls that have completed since the start. */
  readonly operations: number;
  /** How many of these have failed. */
  readonly errors: number;
  /** In use after a full collection. */
  readonly heapBytes: number;
  /** P99 since the sample before. */
  readonly loopDelayP99Ms: number;
  /** The longest since the sample before. */
  readonly loopDelayMaxMs: number;
  /** How many series a scrape has. */
  readonly series: number;
}

const COUNT = 'db_client_operation_duration_seconds_count';
/** Period of the timer that measures the delay of the event loop. */
const RESOLUTION_MS = 10;
const NANOSECONDS_PER_MS = 1e6;

/** Scrapes the process and looks at its memory and its event loop. */
export class Sampler {
  private readonly delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });

  /**
   * @param url where it is scraped
   * @param now seconds since the start
   */
  constructor(
    private readonly url: string,
    private readonly calls: CallCounts,
    private readonly now: () => number,
  ) {
    this.delay.enable();
  }

  async sample(): Promise<Sample> {
    const { delay, calls } = this;
    delay.disable();
    const [p99, max] = [delay.percentile(99), delay.max];
    const text = await (await fetch(this.url)).text();
    const seconds = this.now();
    const { total, errors } = calls;
    // The collection blocks the event loop for longer than the application ever does, so its delay is not counted.
    const heapBytes = usedHeap();
    delay.reset();
    delay.enable();
    return {
      seconds,
      operations: total,
      errors,
      heapBytes,
      loopDelayP99Ms: delayMs(p99),
      loopDelayMaxMs: delayMs(max),
      series: samplesOf(COUNT, text).length,
    };
  }

  stop(): void {
    this.delay.disable();
  }
}

/** @param nanoseconds between two ticks of the timer */
function delayMs(nanoseconds: number): number {
  return Math.max(nanoseconds / NANOSECONDS_PER_MS - RESOLUTION_MS, 0);
}

function usedHeap(): number {
  if (global.gc === undefined) throw new Error('run with --expose-gc');
  global.gc();
  return process.memoryUsage().heapUsed;
}

/** What a scrape counts, by operation, set and outcome: `get users ok`. */
export async function scrapeCounts(url: string): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const { labels, value } of samplesOf(COUNT, await (await fetch(url)).text())) {
    const { db_operation_name, db_collection_name, db_response_status_code = 'ok' } = labels;
    const kind = `${db_operation_name ?? ''} ${db_collection_name ?? ''} ${db_response_status_code}`;
    counts.set(kind, (counts.get(kind) ?? 0) + value);
  }
  return counts;
}
