import type { Answer } from '../protocol/answer';
import { FieldType, Info1, Info2, Info3 } from '../protocol/bits';
import { DIGEST_LENGTH, type Message } from '../protocol/message';
import { CommandError, ResultCode, unsupported } from '../protocol/result-code';
import type { Namespace } from '../store/namespace';
import type { StoredRecord } from '../store/stored-record';
import type { Store } from '../store/store';

const KEY_COMMAND_FIELDS: ReadonlySet<number> = new Set([
  FieldType.NAMESPACE,
  FieldType.SET,
  FieldType.USER_KEY,
  FieldType.DIGEST,
  FieldType.UDF_PACKAGE,
  FieldType.UDF_FUNCTION,
  FieldType.UDF_ARGUMENTS,
  FieldType.FILTER_EXPRESSION,
]);

/** What info bits single-record commands may carry; the meaning of others is not known here. */
const KEY_COMMAND_BITS = {
  info1:
    Info1.READ |
    Info1.ALL_BINS |
    Info1.NO_BIN_DATA |
    Info1.READ_MODE_AP_ALL |
    Info1.COMPRESS_ANSWER,
  info2:
    Info2.WRITE |
    Info2.DELETE |
    Info2.GENERATION_EQUAL |
    Info2.GENERATION_GREATER |
    Info2.DURABLE_DELETE |
    Info2.CREATE_ONLY |
    Info2.ANSWER_ALL_OPS,
  // How a strong read is made is of no consequence: there are no strongly consistent namespaces here.
  info3:
    Info3.COMMIT_LEVEL_MASTER |
    Info3.UPDATE_ONLY |
    Info3.CREATE_OR_REPLACE |
    Info3.REPLACE_ONLY |
    Info3.STRONG_READ_TYPE |
    Info3.STRONG_READ_RELAX,
};

/** The record a single-record command is about. */
export interface Target {
  readonly namespace: Namespace;
  readonly digest: Buffer;
  readonly record: StoredRecord | undefined;
  /** The record's, or the one in which to create it. */
  readonly set: string;
}

export function namespaceOf(store: Store, message: Message): Namespace {
  const name = message.fields.get(FieldType.NAMESPACE);
  if (!name) throw new CommandError(ResultCode.PARAMETER, 'no namespace');
  return store.namespace(name.toString());
}

export function targetOf(store: Store, message: Message): Target {
  const namespace = namespaceOf(store, message);
  refuseUnknown(message);
  const digest = message.fields.get(FieldType.DIGEST);
  if (digest?.length !== DIGEST_LENGTH) throw new CommandError(ResultCode.PARAMETER, 'digest');
  const record = namespace.get(digest);
  return { namespace, digest, record, set: record?.set ?? setIn(message) };
}

export function setIn({ fields }: Message): string {
  return fields.get(FieldType.SET)?.toString() ?? '';
}

function refuseUnknown(message: Message): void {
  for (const type of message.fields.keys()) {
    if (!KEY_COMMAND_FIELDS.has(type)) throw unsupported(`field ${type}`);
  }
  if (
    (message.info1 & ~KEY_COMMAND_BITS.info1) !== 0 ||
    (message.info2 & ~KEY_COMMAND_BITS.info2) !== 0 ||
    (message.info3 & ~KEY_COMMAND_BITS.info3) !== 0 ||
    message.info4 !== 0
  ) {
    throw unsupported('an info bit');
  }
}

/** Generation and void time of the record stand in the answer even when the command then fails. */
export function describe(record: StoredRecord, answer: Answer): void {
  answer.generation = record.generation;
  answer.voidTime = record.voidTime;
}
