import type { Sample } from './sampler';

/** What came of a run. */
export interface Verdict {
  /** Kinds of calls that were not measured as often as they were made: `get users ok: 7 measured, 8 made`. */
  readonly lost: readonly string[];
  /** How the heap grew with each operation; undefined after a run that is too short to tell. */
  readonly heapBytesPerOperation: number | undefined;
  readonly isHeapFlat: boolean | undefined;
}

/** In bytes for each operation. The smallest object takes more, so that below this no operation leaves one behind. */
const MAX_HEAP_BYTES_PER_OPERATION = 12;
/** In the first minute the code is still being optimised, and the caches fill. */
const WARM_UP_SECONDS = 60;
const MIN_SAMPLES = 10;

export function judge(
  made: ReadonlyMap<string, number>,
  measured: ReadonlyMap<string, number>,
  samples: readonly Sample[],
): Verdict {
  const warm = samples.filter(({ seconds }) => seconds >= WARM_UP_SECONDS);
  const heapBytesPerOperation = warm.length >= MIN_SAMPLES ? heapSlope(warm) : undefined;
  return {
    lost: differences(made, measured),
    heapBytesPerOperation,
    isHeapFlat:
      heapBytesPerOperation === undefined
        ? undefined
        : heapBytesPerOperation < MAX_HEAP_BYTES_PER_OPERATION,
  };
}

function differences(
  made: ReadonlyMap<string, number>,
  measured: ReadonlyMap<string, number>,
): string[] {
  return [...new Set([...made.keys(), ...measured.keys()])]
    .filter(kind => made.get(kind) !== measured.get(kind))
    .map(kind => `${kind}: ${measured.get(kind) ?? 0} measured, ${made.get(kind) ?? 0} made`);
}

/** The slope of the straight line that fits the samples best (least squares). */
function heapSlope(samples: readonly Sample[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;
  const operations = mean(samples.map(sample => sample.operations));
  const heap = mean(samples.map(({ heapBytes }) => heapBytes));
  const covariance = samples.map(
    sample => (sample.operations - operations) * (sample.heapBytes - heap),
  );
  const variance = samples.map(sample => (sample.operations - operations) ** 2);
  return mean(covariance) / mean(variance);
}
