import { recordedSteps, type ClientVersion, type RecordedStep } from './recordings';

/** Recorded steps whose first request is refused, and how. */
export interface Refusal {
  readonly what: string;
  readonly applies: (step: RecordedStep) => boolean;
  /** The result code of a message, or the value of an info command. */
  readonly refusedWith: number | string;
}

const UNRECOGNIZED = 'ERROR:4:unrecognized command';

export const REFUSALS: readonly Refusal[] = [
  { what: 'aggregations', applies: named(/^query-apply-/), refusedWith: 16 },
  { what: 'UDFs', applies: named(/^(apply|batch-apply|batch-write-with-apply)/), refusedWith: 16 },
  { what: 'UDF administration', applies: named(/^udf-/), refusedWith: UNRECOGNIZED },
  { what: 'truncate', applies: named(/^truncate-/), refusedWith: UNRECOGNIZED },
];

function named(pattern: RegExp): Refusal['applies'] {
  return ({ step }) => pattern.test(step);
}

/** Recorded steps that are answered, but not with the same bytes, and why. */
export const NOT_COMPARED: Readonly<Record<string, string>> = {
  'query-background-job-info': 'there are no UDFs',
  'query-operate': 'there are no UDFs, and an earlier step wrote a bin with one',
  'scan-background-job-wait': 'there are no UDFs',
  'scan-operate': 'there are no UDFs, and an earlier step wrote a bin with one',
  'scan-background-unknown-module': 'there are no UDFs',
  'injected-partition-done-ok': 'there are no UDFs, and an earlier step wrote a bin with one',
  'injected-partition-done-unavailable':
    'there are no UDFs, and an earlier step wrote a bin with one',
  'scan-after-truncate': 'there is no truncate',
  'info-any-no-request': 'statistics and details of the build are not those of a real server',
};

export type Verdict = 'compared' | 'refused' | 'not compared' | 'nothing sent';

export function refusalOf(step: RecordedStep): Refusal | undefined {
  if (step.messages.length === 0) return undefined;
  return REFUSALS.find(({ applies }) => applies(step));
}

export function verdictOf(step: RecordedStep): Verdict {
  if (step.messages.length === 0) return 'nothing sent';
  if (step.step in NOT_COMPARED) return 'not compared';
  return refusalOf(step) ? 'refused' : 'compared';
}

export function stepsWith(verdict: Verdict, version: ClientVersion): RecordedStep[] {
  return recordedSteps(version).filter(step => verdictOf(step) === verdict);
}
