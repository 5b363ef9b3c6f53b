import { endsIn, isQuery } from './comparison';
import type { RecordedMessage } from './recordings';
import { resultCodeOf } from './requests';
import type { WireClient } from './wire-client';

const HEADER_LENGTH = 8;
const INFO = 1;

/** Requests that were sent without waiting, and the answers to them. */
export interface Exchange {
  readonly requests: Buffer[];
  readonly responses: Buffer[];
}

/** The result code of an answer; 0 for an info command that does not fail. */
export function codeOf(answer: Buffer): number {
  if (answer[1] !== INFO) return resultCodeOf(answer);
  return Number(/\tERROR:(\d+)/.exec(answer.toString('utf8', HEADER_LENGTH))?.[1] ?? 0);
}

export function exchangesOf(messages: readonly RecordedMessage[]): Exchange[] {
  const exchanges: Exchange[] = [];
  let last: RecordedMessage['dir'] = 'response';
  for (const { dir, frame } of messages) {
    if (dir === 'request' && last === 'response') exchanges.push({ requests: [], responses: [] });
    const exchange = exchanges.at(-1);
    (dir === 'request' ? exchange?.requests : exchange?.responses)?.push(frame);
    last = dir;
  }
  return exchanges;
}

/** Sends the requests again, and gives what is answered. */
export async function replay(
  client: WireClient,
  { requests, responses }: Exchange,
): Promise<Buffer[]> {
  await client.send(Buffer.concat(requests));
  const isQueries = requests.every(isQuery);
  const answers: Buffer[] = [];
  let ended = 0;
  while (isQueries ? ended < requests.length : answers.length < responses.length) {
    const frame = await client.receive();
    answers.push(frame);
    ended += endsIn(frame);
  }
  return answers;
}
