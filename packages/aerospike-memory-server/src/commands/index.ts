import { Answer, encodeAnswers, lastAnswer } from '../protocol/answer';
import { Info1 } from '../protocol/bits';
import { decodeMessage, type Message } from '../protocol/message';
import { resultCodeOf } from '../protocol/result-code';
import { batch } from './batch';
import type { Command, CommandName, CommandScope } from './command';
import { QUERY_COMMANDS } from './query';
import { answerSingleRecord, SINGLE_RECORD_COMMANDS } from './single-record';

export { COMMAND_NAMES, type CommandName, type CommandScope } from './command';

/** The commands about several records, in the order in which they are recognised; all others are about one. */
const COMMANDS: readonly Command[] = [
  { name: 'batch', matches: ({ info1 }) => (info1 & Info1.BATCH) !== 0, run: batch },
  ...QUERY_COMMANDS,
];

/** A node that is not the master of its partition answers for the one that is. */
const aboutOneRecord: Command['run'] = ({ store }, message) => [
  [answerSingleRecord(store, message)],
];

/** The kind of a request; undefined when it is of none. */
export function commandNameOf(message: Message): CommandName | undefined {
  return [...COMMANDS, ...SINGLE_RECORD_COMMANDS].find(({ matches }) => matches(message))?.name;
}

/** Answers the body of a message frame with one or more frames. */
export function* answerMessage(scope: CommandScope, body: Buffer): Generator<Buffer, void> {
  try {
    const message = decodeMessage(body);
    const run = COMMANDS.find(({ matches }) => matches(message))?.run ?? aboutOneRecord;
    for (const answers of run(scope, message)) yield encodeAnswers(answers);
  } catch (error) {
    const answer = new Answer();
    answer.resultCode = resultCodeOf(error);
    yield encodeAnswers([answer]);
  }
}

/** The answer to a command of this kind that is not even begun. */
export function refuseMessage(command: CommandName, resultCode: number): Buffer {
  // A batch's client would take an answer that is not the last one for that to a row, and wait for more.
  const answer = command === 'batch' ? lastAnswer() : new Answer();
  answer.resultCode = resultCode;
  return encodeAnswers([answer]);
}

/** The answer to the body of a message frame when not even its kind matters. */
export function refuseWhatever(body: Buffer, resultCode: number): Buffer {
  let command: CommandName | undefined;
  try {
    command = commandNameOf(decodeMessage(body));
  } catch {
    // Malformed: it is refused all the same.
  }
  return refuseMessage(command ?? 'read', resultCode);
}
