import { Answer, encodeAnswers } from '../protocol/answer';
import { FieldType, Info1 } from '../protocol/bits';
import { decodeMessage } from '../protocol/message';
import { resultCodeOf, unsupported } from '../protocol/result-code';
import type { Store } from '../store/store';
import { batch } from './batch';
import type { AnswerFrames, Command } from './command';
import { answerSingleRecord } from './single-record';
import { namespaceOf } from './target';

/** The commands, in the order in which they are recognised. */
const COMMANDS: readonly Command[] = [
  { name: 'batch', matches: ({ info1 }) => (info1 & Info1.BATCH) !== 0, run: batch },
  {
    name: 'scan, query',
    matches: ({ fields }) => !fields.has(FieldType.DIGEST) && !fields.has(FieldType.TRANSACTION_ID),
    run: (store, message) => {
      namespaceOf(store, message);
      throw unsupported('scan or query');
    },
  },
  {
    name: 'about one record',
    matches: () => true,
    run: (store, message) => [[answerSingleRecord(store, message)]],
  },
];

/** Answers the body of a message frame with one or more frames. */
export function answerMessage(store: Store, body: Buffer): Buffer {
  let frames: AnswerFrames;
  try {
    const message = decodeMessage(body);
    const command = COMMANDS.find(({ matches }) => matches(message));
    frames = command?.run(store, message) ?? [];
  } catch (error) {
    const answer = new Answer();
    answer.resultCode = resultCodeOf(error);
    frames = [[answer]];
  }
  const encoded = frames.map(encodeAnswers);
  return encoded.length === 1 && encoded[0] ? encoded[0] : Buffer.concat(encoded);
}
