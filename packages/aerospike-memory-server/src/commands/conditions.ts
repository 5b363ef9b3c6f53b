import { FieldType, Info2, Info3, OpType } from '../protocol/bits';
import type { Message } from '../protocol/message';
import { CommandError, ResultCode } from '../protocol/result-code';
import type { Namespace } from '../store/namespace';
import type { StoredRecord } from '../store/stored-record';
import { filterOf, passes } from './record-view';
import { setIn, type Target } from './target';

const MAX_SET_NAME_LENGTH = 63;

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

/** A record stays in its set. A client that has only the digest of a record names no set. */
export function checkSet({ record, set }: Target, message: Message): void {
  const named = setIn(message);
  const isWrong = record
    ? named !== '' && named !== set
    : Buffer.byteLength(set) > MAX_SET_NAME_LENGTH;
  if (isWrong) throw new CommandError(ResultCode.PARAMETER, `set ${named}`);
}

/** The filter decides whether a record takes part at all; then comes whether it is the one that is meant. */
export function checkRecord(namespace: Namespace, record: StoredRecord, message: Message): void {
  if (!passes(filterOf(message), namespace, record)) {
    throw new CommandError(ResultCode.FILTERED_OUT, 'filtered out');
  }
  checkUserKey(record, message);
}

/** A client that sends its key along wants to be told when the digest belongs to another one. */
function checkUserKey(record: StoredRecord, message: Message): void {
  const sent = message.fields.get(FieldType.USER_KEY);
  if (sent && record.userKey && !sent.equals(record.userKey)) {
    throw new CommandError(ResultCode.KEY_MISMATCH, 'the record is stored under another key');
  }
}
