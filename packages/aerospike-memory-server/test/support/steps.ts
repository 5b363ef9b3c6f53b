import type { RecordedStep } from './recordings';

/** Recorded steps that are answered, but not with the same bytes, and why. */
export const NOT_COMPARED: Readonly<Record<string, string>> = {
  'query-apply-stream-udf': 'there is one partial result instead of one from each thread',
  'udf-register-bad-lua': 'Lua is not read, so a file with a mistake is accepted',
  'info-any-no-request': 'statistics and details of the build are not those of a real server',
};

export type Verdict = 'compared' | 'not compared' | 'nothing sent';

export function verdictOf(step: RecordedStep): Verdict {
  if (step.messages.length === 0) return 'nothing sent';
  return step.step in NOT_COMPARED ? 'not compared' : 'compared';
}
