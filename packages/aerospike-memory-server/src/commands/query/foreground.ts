import { createHash } from 'node:crypto';
import { Answer, lastAnswer, splitIntoFrames, type AnswerField } from '../../protocol/answer';
import { FieldType, Info1, Info3, OpType } from '../../protocol/bits';
import type { Message } from '../../protocol/message';
import { CommandError, ResultCode, unsupported } from '../../protocol/result-code';
import type { StoredRecord } from '../../store/stored-record';
import type { IndexKey } from '../../store/secondary-index';
import type { AnswerFrames, CommandScope } from '../command';
import { checkBinNames } from '../operations';
import { passes } from '../record-view';
import { describe } from '../target';
import { candidates, parseQuery, type Candidate, type Query } from './query';

/** What info1 may say; the meaning of other bits is not known here. */
const KNOWN_INFO1 =
  Info1.READ |
  Info1.SHORT_QUERY |
  Info1.NO_BIN_DATA |
  Info1.READ_MODE_AP_ALL |
  Info1.COMPRESS_ANSWER;

/** Answers with records. Records per second are accepted and not kept to: nobody else has to be spared here. */
export function runForeground(scope: CommandScope, message: Message): AnswerFrames {
  const query = parseQuery(scope, message);
  checkRequest(message);
  const answers = answersTo(query, message);
  return (message.info1 & Info1.SHORT_QUERY) !== 0
    ? splitIntoFrames(followedByLast(answers))
    : followedByLastFrame(splitIntoFrames(answers));
}

function checkRequest({ info1, info3, fields, operations }: Message): void {
  if ((info1 & ~KNOWN_INFO1) !== 0) throw unsupported('an info bit');
  if ((info3 & Info3.PARTITION_DONE) === 0) {
    throw unsupported('telling when each partition is done');
  }
  if (!fields.has(FieldType.PARTITION_IDS) && !fields.has(FieldType.RESUME_DIGESTS)) {
    throw unsupported('a query that names no partitions');
  }
  if (operations.some(({ op }) => op !== OpType.READ)) {
    throw unsupported('an operation in a query, other than reading a bin');
  }
  checkBinNames({ operations });
}

function* answersTo(query: Query, message: Message): Generator<Answer, void> {
  // Clients read no records from partitions that are unavailable, so it does not matter that these come first.
  yield* query.foreign.map(unavailable);
  let left = maxRecords(message);
  for (const candidate of candidates(query)) {
    if (!passes(query.filter, query.namespace, candidate.record)) continue;
    const answer = answerFor(candidate, query, message);
    if (!answer) continue;
    yield answer;
    if (--left === 0) return;
  }
}

/** Clients ask for this partition again, where it is now. */
function unavailable(partition: number): Answer {
  const answer = new Answer();
  answer.info3 = Info3.PARTITION_DONE;
  answer.generation = partition;
  answer.resultCode = ResultCode.PARTITION_UNAVAILABLE;
  return answer;
}

/** 0 means no limit: counted down from there, the number never becomes 0 again. */
function maxRecords({ fields }: Message): number {
  const field = fields.get(FieldType.MAX_RECORDS);
  if (field && field.length !== 8) throw new CommandError(ResultCode.PARAMETER, 'max records');
  return Number(field?.readBigUInt64BE() ?? 0);
}

/** undefined when the record has none of the bins that were asked for: it is left out then. */
function answerFor(
  { record, key }: Candidate,
  { namespace }: Query,
  { info1, operations }: Message,
): Answer | undefined {
  const answer = new Answer();
  describe(record, answer);
  answer.fields = fieldsOf(namespace.settings.name, record, key);
  if ((info1 & Info1.NO_BIN_DATA) !== 0) {
    answer.info1 = Info1.NO_BIN_DATA;
    return answer;
  }
  const bins = operations.length > 0 ? operations.map(({ bin }) => bin) : record.bins.keys();
  for (const bin of bins) {
    const value = record.bins.get(bin);
    if (value) answer.operations.push({ op: OpType.READ, bin, value });
  }
  return answer.operations.length > 0 ? answer : undefined;
}

function fieldsOf(namespace: string, record: StoredRecord, key: IndexKey | undefined) {
  const fields: AnswerField[] = [
    { type: FieldType.NAMESPACE, data: Buffer.from(namespace) },
    { type: FieldType.DIGEST, data: record.digest },
  ];
  if (record.set !== '') fields.push({ type: FieldType.SET, data: Buffer.from(record.set) });
  if (record.userKey) fields.push({ type: FieldType.USER_KEY, data: record.userKey });
  if (key !== undefined) fields.push({ type: FieldType.INDEX_VALUE, data: indexValue(key) });
  return fields;
}

/** Clients send it back unread to have the next page; here the digest that comes with it says enough. */
function indexValue(key: IndexKey): Buffer {
  if (typeof key !== 'bigint') return createHash('sha1').update(key).digest().subarray(0, 8);
  const value = Buffer.allocUnsafe(8);
  value.writeBigInt64LE(key);
  return value;
}

function* followedByLast(answers: Iterable<Answer>): Generator<Answer, void> {
  yield* answers;
  yield lastAnswer();
}

function* followedByLastFrame(frames: AnswerFrames): Generator<readonly Answer[], void> {
  yield* frames;
  yield [lastAnswer()];
}
