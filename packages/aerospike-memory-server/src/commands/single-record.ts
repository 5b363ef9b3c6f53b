import { Answer } from '../protocol/answer';
import { FieldType, Info1, Info2 } from '../protocol/bits';
import type { Message } from '../protocol/message';
import { CommandError, ResultCode, resultCodeOf } from '../protocol/result-code';
import type { Store } from '../store/store';
import type { SingleRecordCommand } from './command';
import { apply } from './apply';
import { read } from './read';
import { remove } from './remove';
import { write } from './write';

/** The commands about one record, in the order in which they are recognised. */
export const SINGLE_RECORD_COMMANDS: readonly SingleRecordCommand[] = [
  {
    name: 'transaction',
    matches: ({ fields }) => fields.has(FieldType.TRANSACTION_ID),
    run: () => {
      throw new CommandError(ResultCode.ENTERPRISE_ONLY, 'a transaction');
    },
  },
  { name: 'apply', matches: ({ fields }) => fields.has(FieldType.UDF_PACKAGE), run: apply },
  { name: 'remove', matches: ({ info2 }) => (info2 & Info2.DELETE) !== 0, run: remove },
  { name: 'write', matches: ({ info2 }) => (info2 & Info2.WRITE) !== 0, run: write },
  { name: 'read', matches: ({ info1 }) => (info1 & Info1.READ) !== 0, run: read },
];

/** Runs a command about one record, which came alone or as a row of a batch. */
export function answerSingleRecord(store: Store, message: Message): Answer {
  const answer = new Answer();
  try {
    const command = SINGLE_RECORD_COMMANDS.find(({ matches }) => matches(message));
    if (!command) throw new CommandError(ResultCode.PARAMETER, 'neither a read nor a write');
    command.run(store, message, answer);
  } catch (error) {
    answer.resultCode = resultCodeOf(error);
    answer.operations = [];
  }
  return answer;
}
