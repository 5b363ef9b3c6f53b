import type { Answer } from '../protocol/answer';
import { Info1, OpType, Ttl } from '../protocol/bits';
import type { Message } from '../protocol/message';
import { CommandError, ResultCode, unsupported } from '../protocol/result-code';
import type { Store } from '../store/store';
import { BinDraft } from './bin-draft';
import { checkRecord } from './conditions';
import { checkBinNames, runOperations } from './operations';
import { RecordView } from './record-view';
import { describe, targetOf } from './target';

/** get, select, exists, and operate without a write. */
export function read(store: Store, message: Message, answer: Answer): void {
  checkBinNames(message);
  checkTouch(message);
  const { namespace, record } = targetOf(store, message);
  if (!record) throw new CommandError(ResultCode.KEY_NOT_FOUND, 'no such record');
  describe(record, answer);
  checkRecord(namespace, record, message);
  if ((message.info1 & Info1.NO_BIN_DATA) !== 0) return;
  if ((message.info1 & Info1.ALL_BINS) !== 0) {
    for (const [bin, value] of record.bins) answer.operations.push({ op: OpType.READ, bin, value });
  } else if (message.operations.length === 0) {
    throw new CommandError(ResultCode.PARAMETER, 'neither all bins nor any of them');
  } else {
    const draft = new BinDraft(record.bins);
    const view = new RecordView(namespace, record, draft);
    runOperations(message, draft, view, answer, namespace.settings.maxRecordSize);
  }
}

/** A read may give a record its whole time to live again when less than a percentage of it is left. */
function checkTouch({ ttl: percentage }: Message): void {
  if (percentage === Ttl.NAMESPACE_DEFAULT || percentage === Ttl.NEVER) return;
  if (percentage > 100) throw new CommandError(ResultCode.PARAMETER, `${percentage} percent`);
  throw unsupported('a read that touches the record');
}
