import { Info2 } from '../protocol/bits';
import type { Message } from '../protocol/message';
import { CommandError, ResultCode } from '../protocol/result-code';
import type { Store } from '../store/store';
import { checkGeneration, checkRecord } from './conditions';
import { targetOf } from './target';

/** Removes a record; the answer tells no generation, whether that succeeds or not. */
export function remove(store: Store, message: Message): void {
  const { namespace, digest, record } = targetOf(store, message);
  if ((message.info2 & Info2.DURABLE_DELETE) !== 0) {
    throw new CommandError(ResultCode.ENTERPRISE_ONLY, 'durable delete');
  }
  if (!record) throw new CommandError(ResultCode.KEY_NOT_FOUND, 'no such record');
  checkGeneration(record, message);
  checkRecord(namespace, record, message);
  namespace.delete(digest);
}
