import type { RecordedStep } from './recordings';

/** How a step that is not answered with the same bytes is answered. */
interface OtherAnswer {
  /** Result code; 0 also for an info command that does not fail. */
  readonly code: number;
  readonly why: string;
}

export const OTHERWISE: Readonly<Record<string, OtherAnswer>> = {
  'query-apply-stream-udf': {
    code: 0,
    why: 'there is one partial result instead of one from each thread',
  },
  'udf-register-bad-lua': {
    code: 0,
    why: 'Lua is not read, so a file with a mistake is accepted',
  },
  'info-any-no-request': {
    code: 0,
    why: 'statistics and details of the build are not those of a real server',
  },
};

export type Verdict = 'as recorded' | 'otherwise' | 'nothing sent';

export function verdictOf(step: RecordedStep): Verdict {
  if (step.messages.length === 0) return 'nothing sent';
  return step.step in OTHERWISE ? 'otherwise' : 'as recorded';
}
