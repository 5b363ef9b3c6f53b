import { Info2, Info3, OpType } from '../protocol/bits';
import type { Message } from '../protocol/message';
import { CommandError, ResultCode } from '../protocol/result-code';
import type { StoredRecord } from '../store/record';

/** The exists policy: whether the record must be there, or must not. */
export function checkExistence(record: StoredRecord | undefined, message: Message): void {
  if (record) {
    if ((message.info2 & Info2.CREATE_ONLY) !== 0) {
      throw new CommandError(ResultCode.KEY_EXISTS, 'the record exists');
    }
    return;
  }
  const mustExist =
    (message.info3 & (Info3.UPDATE_ONLY | Info3.REPLACE_ONLY)) !== 0 ||
    message.operations.some(({ op }) => op === OpType.TOUCH);
  if (mustExist) throw new CommandError(ResultCode.KEY_NOT_FOUND, 'no such record');
}

/** The generation policy; a record that does not exist has generation 0. */
export function checkGeneration(record: StoredRecord | undefined, message: Message): void {
  const { info2, generation: expected } = message;
  const generation = record?.generation ?? 0;
  const isWrong =
    ((info2 & Info2.GENERATION_EQUAL) !== 0 && expected !== generation) ||
    ((info2 & Info2.GENERATION_GREATER) !== 0 && expected <= generation);
  if (isWrong) throw new CommandError(ResultCode.GENERATION, `generation ${generation}`);
}
