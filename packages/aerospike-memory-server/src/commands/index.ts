import { Answer, encodeAnswers } from '../protocol/answer';
import { FieldType, Info1, Info2 } from '../protocol/bits';
import { decodeMessage } from '../protocol/message';
import { CommandError, ResultCode, unsupported } from '../protocol/result-code';
import type { Store } from '../store/store';
import type { Command, SingleRecordRun } from './command';
import { QUERY_COMMANDS } from './query';
import { read } from './read';
import { remove } from './remove';
import { namespaceOf } from './target';
import { write } from './write';

/** The commands, in the order in which they are recognised. */
const COMMANDS: readonly Command[] = [
  {
    name: 'batch',
    matches: ({ info1 }) => (info1 & Info1.BATCH) !== 0,
    run: () => {
      throw unsupported('batch');
    },
  },
  {
    name: 'transaction',
    matches: ({ fields }) => fields.has(FieldType.TRANSACTION_ID),
    run: () => {
      throw new CommandError(ResultCode.ENTERPRISE_ONLY, 'a transaction');
    },
  },
  ...QUERY_COMMANDS,
  {
    name: 'apply',
    matches: ({ fields }) => fields.has(FieldType.UDF_PACKAGE),
    run: (store, message) => {
      namespaceOf(store, message);
      throw unsupported('a UDF');
    },
  },
  {
    name: 'remove',
    matches: ({ info2 }) => (info2 & Info2.DELETE) !== 0,
    run: singleRecord(remove),
  },
  {
    name: 'write',
    matches: ({ info2 }) => (info2 & Info2.WRITE) !== 0,
    run: singleRecord(write),
  },
  {
    name: 'read',
    matches: ({ info1 }) => (info1 & Info1.READ) !== 0,
    run: singleRecord(read),
  },
];

/** Answers the body of a message frame with one or more frames. */
export function* answerMessage(store: Store, body: Buffer): Generator<Buffer, void> {
  try {
    const message = decodeMessage(body);
    const command = COMMANDS.find(({ matches }) => matches(message));
    if (!command) throw new CommandError(ResultCode.PARAMETER, 'neither a read nor a write');
    for (const answers of command.run(store, message)) yield encodeAnswers(answers);
  } catch (error) {
    const answer = new Answer();
    answer.resultCode = resultCodeOf(error);
    yield encodeAnswers([answer]);
  }
}

function singleRecord(run: SingleRecordRun): Command['run'] {
  return (store, message) => {
    const answer = new Answer();
    try {
      run(store, message, answer);
    } catch (error) {
      answer.resultCode = resultCodeOf(error);
      answer.operations = [];
    }
    return [[answer]];
  };
}

function resultCodeOf(error: unknown): number {
  if (error instanceof CommandError) return error.resultCode;
  // A mistake of this server: the client gets an error, and whoever runs the server hears of it.
  process.emitWarning(error as Error);
  return ResultCode.SERVER_ERROR;
}
