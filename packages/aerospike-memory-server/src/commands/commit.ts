import type { Answer } from '../protocol/answer';
import { FieldType, Info2, Ttl } from '../protocol/bits';
import type { Message } from '../protocol/message';
import { ParticleType } from '../protocol/particle';
import { CommandError, ResultCode } from '../protocol/result-code';
import type { Namespace } from '../store/namespace';
import { MAX_TTL, sizeOf, type Bins, type StoredRecord } from '../store/stored-record';
import { describe, type Target } from './target';
import { toStored } from './bin-values';

const KEY_TYPES: ReadonlySet<number> = new Set([
  ParticleType.INTEGER,
  ParticleType.STRING,
  ParticleType.BLOB,
]);
const MAX_BINS = 0x7fff;
const MAX_GENERATION = 0xffff;

/** Stores the bins that a command leaves. A record without bins does not exist, so it is removed. */
export function commit(target: Target, message: Message, bins: Bins, answer: Answer): void {
  const { namespace, digest, record, set } = target;
  if (bins.size === 0) {
    removeEmptied(target, message, answer);
    return;
  }
  if (bins.size > MAX_BINS) throw new CommandError(ResultCode.PARAMETER, 'too many bins');
  const userKey = record?.userKey ?? userKeyIn(message);
  if (sizeOf(bins, userKey) > namespace.settings.maxRecordSize) {
    throw new CommandError(ResultCode.RECORD_TOO_BIG, 'the record is too big');
  }
  const written: StoredRecord = {
    digest: record?.digest ?? Buffer.from(digest),
    set,
    userKey,
    bins,
    generation: record && record.generation < MAX_GENERATION ? record.generation + 1 : 1,
    voidTime: voidTimeOf(message.ttl, record, namespace),
    lastUpdate: namespace.clock.nowMs(),
  };
  namespace.put(written);
  describe(written, answer);
}

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

/** The key that a client wants to be stored with the record. */
function userKeyIn({ fields }: Message): Buffer | undefined {
  const sent = fields.get(FieldType.USER_KEY);
  if (!sent) return undefined;
  const [type = ParticleType.NULL] = sent;
  if (!KEY_TYPES.has(type)) throw new CommandError(ResultCode.PARAMETER, `key of type ${type}`);
  const value = toStored({ type, bytes: sent.subarray(1) });
  return value && Buffer.concat([Buffer.of(type), value.bytes]);
}
