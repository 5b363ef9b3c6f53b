import { lastAnswer, splitIntoFrames, type Answer, type AnswerOperation } from '../protocol/answer';
import { decodeBatch, type Batch } from '../protocol/batch';
import { Info2, OpType } from '../protocol/bits';
import type { Message } from '../protocol/message';
import { ResultCode, resultCodeOf } from '../protocol/result-code';
import type { Store } from '../store/store';
import type { AnswerFrames, CommandScope } from './command';
import { answerSingleRecord } from './single-record';

/** After these a batch goes on even when its client wants it to stop at errors. */
const HARMLESS: ReadonlySet<number> = new Set([
  ResultCode.OK,
  ResultCode.KEY_NOT_FOUND,
  ResultCode.FILTERED_OUT,
]);

/** Answers the rows in their order, whichever node has them, then says that they were all. */
export function batch({ store }: CommandScope, message: Message): AnswerFrames {
  const last = lastAnswer();
  let answers: Answer[] = [];
  try {
    answers = answerRows(store, decodeBatch(message));
  } catch (error) {
    // Without the bit that it is the last one, the client would take it for the answer to a row and wait for more.
    last.resultCode = resultCodeOf(error);
  }
  return [...splitIntoFrames(answers), [last]];
}

function answerRows(store: Store, { rows, respondAllKeys }: Batch): Answer[] {
  const answers: Answer[] = [];
  for (const { index, message } of rows) {
    const answer = answerSingleRecord(store, message);
    answer.rowIndex = index;
    if ((message.info2 & Info2.WRITE) === 0) answer.operations = answer.operations.map(asRead);
    answers.push(answer);
    if (!respondAllKeys && !HARMLESS.has(answer.resultCode)) break;
  }
  return answers;
}

/** In rows that only read, every operation is answered as if it were the plain one; alone, each as what it is. */
function asRead({ bin, value }: AnswerOperation): AnswerOperation {
  return { op: OpType.READ, bin, value };
}
