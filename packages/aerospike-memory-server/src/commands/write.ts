import type { Answer } from '../protocol/answer';
import { FieldType, Info1, Info2, Info3, Ttl } from '../protocol/bits';
import type { Message } from '../protocol/message';
import { CommandError, ResultCode, unsupported } from '../protocol/result-code';
import type { Namespace } from '../store/namespace';
import { sizeOf, type Bins, type StoredRecord } from '../store/record';
import type { Store } from '../store/store';
import { BinDraft } from './bin-draft';
import { checkExistence, checkGeneration } from './conditions';
import { checkBinNames, modifiesBins, runOperations } from './operations';
import { checkFilter, RecordView, type RecordMetadata } from './record-view';
import { checkUserKey, describe, targetOf, type Target } from './target';

const MAX_GENERATION = 0xffff;
const MAX_SET_NAME_LENGTH = 63;
const MAX_TTL = 10 * 365 * 24 * 3600;
const NO_BINS: Bins = new Map();

/** put, and operate with at least one write. Nothing is changed unless all of it succeeds. */
export function write(store: Store, message: Message, answer: Answer): void {
  checkOperations(message);
  const target = targetOf(store, message);
  const { namespace, record } = target;
  if (record) describe(record, answer);
  checkExistence(record, message);
  checkSet(record, setOf(message));
  checkGeneration(record, message);
  if (record) {
    checkUserKey(record, message);
    checkFilter(namespace, record, message);
  }
  const draft = new BinDraft(record && !replaces(message) ? record.bins : NO_BINS);
  runOperations(
    message,
    draft,
    new RecordView(namespace, metadataOf(target, message), draft),
    answer,
  );
  commit(target, message, draft.bins, answer);
}

/** What expressions are told of a record that does not exist yet: that it is new. */
function metadataOf({ namespace, digest, record }: Target, message: Message): RecordMetadata {
  if (record) return record;
  const lastUpdate = namespace.clock.nowMs();
  const set = setOf(message);
  return { digest, set, userKey: undefined, generation: 0, voidTime: 0, lastUpdate };
}

function checkOperations(message: Message): void {
  if (message.operations.length === 0) throw new CommandError(ResultCode.PARAMETER, 'no bins');
  if ((message.info1 & (Info1.ALL_BINS | Info1.NO_BIN_DATA)) !== 0) {
    throw unsupported('writing and reading all bins at once');
  }
  checkBinNames(message);
  if (replaces(message) && message.operations.some(modifiesBins)) {
    throw new CommandError(ResultCode.PARAMETER, 'replace together with a change of what is there');
  }
}

function checkSet(record: StoredRecord | undefined, set: string): void {
  const isWrong = record ? record.set !== set : Buffer.byteLength(set) > MAX_SET_NAME_LENGTH;
  if (isWrong) throw new CommandError(ResultCode.PARAMETER, `set ${set}`);
}

function commit(target: Target, message: Message, bins: Bins, answer: Answer): void {
  const { namespace, digest, record } = target;
  if (bins.size === 0) {
    removeEmptied(target, message, answer);
    return;
  }
  const userKey = record?.userKey ?? copyOf(message.fields.get(FieldType.USER_KEY));
  if (sizeOf(bins, userKey) > namespace.settings.maxRecordSize) {
    throw new CommandError(ResultCode.RECORD_TOO_BIG, 'the record is too big');
  }
  const written: StoredRecord = {
    digest: record?.digest ?? Buffer.from(digest),
    set: setOf(message),
    userKey,
    bins,
    generation: record && record.generation < MAX_GENERATION ? record.generation + 1 : 1,
    voidTime: voidTimeOf(message.ttl, record, namespace),
    lastUpdate: namespace.clock.nowMs(),
  };
  namespace.put(written);
  describe(written, answer);
}

/** A record without bins does not exist. */
function removeEmptied(
  { namespace, digest, record }: Target,
  message: Message,
  answer: Answer,
): void {
  if (!record) throw new CommandError(ResultCode.KEY_NOT_FOUND, 'no such record');
  if ((message.info2 & Info2.DURABLE_DELETE) !== 0) {
    throw new CommandError(ResultCode.ENTERPRISE_ONLY, 'durable delete');
  }
  namespace.delete(digest);
  answer.generation = 0;
  answer.voidTime = 0;
}

function voidTimeOf(ttl: number, record: StoredRecord | undefined, namespace: Namespace): number {
  if (ttl === Ttl.NEVER) return 0;
  if (ttl === Ttl.KEEP && record) return record.voidTime;
  const { defaultTtl } = namespace.settings;
  const seconds = ttl === Ttl.NAMESPACE_DEFAULT || ttl === Ttl.KEEP ? defaultTtl : ttl;
  if (seconds > MAX_TTL) throw new CommandError(ResultCode.PARAMETER, `ttl ${seconds}`);
  return seconds === 0 ? 0 : namespace.clock.nowSeconds() + seconds;
}

function setOf(message: Message): string {
  return message.fields.get(FieldType.SET)?.toString() ?? '';
}

function replaces({ info3 }: Message): boolean {
  return (info3 & (Info3.CREATE_OR_REPLACE | Info3.REPLACE_ONLY)) !== 0;
}

function copyOf(bytes: Buffer | undefined): Buffer | undefined {
  return bytes && Buffer.from(bytes);
}
