import { Answer, encodeAnswers } from '../protocol/answer';
import { Info1 } from '../protocol/bits';
import { decodeMessage } from '../protocol/message';
import { resultCodeOf } from '../protocol/result-code';
import type { Store } from '../store/store';
import { batch } from './batch';
import type { Command } from './command';
import { QUERY_COMMANDS } from './query';
import { answerSingleRecord } from './single-record';

/** The commands, in the order in which they are recognised. */
const COMMANDS: readonly Command[] = [
  { name: 'batch', matches: ({ info1 }) => (info1 & Info1.BATCH) !== 0, run: batch },
  ...QUERY_COMMANDS,
  {
    name: 'about one record',
    matches: () => true,
    run: (store, message) => [[answerSingleRecord(store, message)]],
  },
];

/** Answers the body of a message frame with one or more frames. */
export function* answerMessage(store: Store, body: Buffer): Generator<Buffer, void> {
  try {
    const message = decodeMessage(body);
    const command = COMMANDS.find(({ matches }) => matches(message));
    for (const answers of command?.run(store, message) ?? []) yield encodeAnswers(answers);
  } catch (error) {
    const answer = new Answer();
    answer.resultCode = resultCodeOf(error);
    yield encodeAnswers([answer]);
  }
}
