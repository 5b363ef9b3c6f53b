import type { Answer } from '../protocol/answer';
import { Info1, Info3 } from '../protocol/bits';
import type { Message } from '../protocol/message';
import { CommandError, ResultCode, unsupported } from '../protocol/result-code';
import type { Bins } from '../store/stored-record';
import type { Store } from '../store/store';
import { BinDraft } from './bin-draft';
import { commit } from './commit';
import { checkExistence, checkGeneration, checkRecord, checkSet } from './conditions';
import { checkBinNames, modifiesBins, runOperations } from './operations';
import { RecordView, type RecordMetadata } from './record-view';
import { describe, targetOf, type Target } from './target';

const NO_BINS: Bins = new Map();
const MAX_OPERATIONS = 0x8000;

/** put, and operate with at least one write. Nothing is changed unless all of it succeeds. */
export function write(store: Store, message: Message, answer: Answer): void {
  checkOperations(message);
  const target = targetOf(store, message);
  const { namespace, record } = target;
  if (record) describe(record, answer);
  checkExistence(record, message);
  checkGeneration(record, message);
  checkSet(target, message);
  if (record) checkRecord(namespace, record, message);
  const draft = new BinDraft(record && !replaces(message) ? record.bins : NO_BINS);
  const view = new RecordView(namespace, metadataOf(target), draft);
  runOperations(message, draft, view, answer, namespace.settings.maxRecordSize);
  commit(target, message, draft.bins, answer);
}

/** What expressions are told of a record that does not exist yet: that it is new. */
function metadataOf({ namespace, digest, record, set }: Target): RecordMetadata {
  if (record) return record;
  const lastUpdate = namespace.clock.nowMs();
  return { digest, set, userKey: undefined, generation: 0, voidTime: 0, lastUpdate };
}

function checkOperations(message: Message): void {
  const { length } = message.operations;
  if (length === 0 || length > MAX_OPERATIONS) {
    throw new CommandError(ResultCode.PARAMETER, `${length} operations`);
  }
  if ((message.info1 & (Info1.ALL_BINS | Info1.NO_BIN_DATA)) !== 0) {
    throw unsupported('writing and reading all bins at once');
  }
  checkBinNames(message);
  if (replaces(message) && message.operations.some(modifiesBins)) {
    throw new CommandError(ResultCode.PARAMETER, 'replace together with a change of what is there');
  }
}

function replaces({ info3 }: Message): boolean {
  return (info3 & (Info3.CREATE_OR_REPLACE | Info3.REPLACE_ONLY)) !== 0;
}
