import { setTimeout } from 'node:timers/promises';

const INTERVAL_MS = 50;
const TIMEOUT_MS = 30_000;

/** Asks until there is an answer. When none comes in time, the error names the purpose. */
export async function eventually<Answer>(
  purpose: string,
  ask: () => Promise<Answer | undefined>,
): Promise<Answer> {
  const end = performance.now() + TIMEOUT_MS;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (performance.now() > end) throw new Error(`not within ${TIMEOUT_MS} ms: ${purpose}`);
    await setTimeout(INTERVAL_MS);
  }
}
