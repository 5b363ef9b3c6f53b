import { lastAnswer, type Answer } from '../../protocol/answer';
import { FieldType } from '../../protocol/bits';
import type { Message } from '../../protocol/message';
import { CommandError, ResultCode } from '../../protocol/result-code';
import type { Namespace } from '../../store/namespace';
import type { StoredRecord } from '../../store/stored-record';
import type { AnswerFrames, CommandScope } from '../command';
import { passes } from '../record-view';
import { answerSingleRecord } from '../single-record';
import { udfCallIn } from '../udf';
import { candidates, parseQuery } from './query';

const DEFAULT_RECORDS_PER_SECOND = 10_000;
const UDF_FIELDS = [FieldType.UDF_PACKAGE, FieldType.UDF_FUNCTION, FieldType.UDF_ARGUMENTS];

/**
 * Changes the records instead of answering with them: the request is run on each as if it were about that one alone.
 * All of it is done before the answer, so a client that asks for the job's progress finds it completed.
 */
export function runInBackground(scope: CommandScope, message: Message): AnswerFrames {
  const { store, jobs } = scope;
  const query = parseQuery(scope, message);
  const { namespace, set, index, filter } = query;
  const id = taskIdOf(message);
  const udf = message.fields.has(FieldType.UDF_PACKAGE) ? udfCallIn(message.fields) : undefined;
  if (!udf && message.operations.length === 0) {
    throw new CommandError(ResultCode.PARAMETER, 'nothing to do with the records');
  }
  const counts = { succeeded: 0, failed: 0, filtered: 0 };
  const startedMs = store.clock.nowMs();
  for (const { record } of candidates(query)) {
    if (!passes(filter, namespace, record)) counts.filtered++;
    else counts[outcomeOf(answerSingleRecord(store, about(record, namespace, message)))]++;
  }
  jobs.add({
    id,
    namespace: namespace.settings.name,
    set,
    index,
    // Not its arguments: they are views of the request.
    udf: udf && { module: udf.module, name: udf.name },
    recordsPerSecond: recordsPerSecondIn(message),
    startedMs,
    finishedMs: store.clock.nowMs(),
    ...counts,
  });
  return [[lastAnswer()]];
}

/** The request as a command about one record. */
function about(record: StoredRecord, namespace: Namespace, message: Message): Message {
  const fields = new Map<number, Buffer>([
    [FieldType.NAMESPACE, Buffer.from(namespace.settings.name)],
    [FieldType.SET, Buffer.from(record.set)],
    [FieldType.DIGEST, record.digest],
  ]);
  for (const type of UDF_FIELDS) {
    const field = message.fields.get(type);
    if (field) fields.set(type, field);
  }
  return { ...message, fields };
}

function outcomeOf({ resultCode }: Answer): 'succeeded' | 'failed' {
  return resultCode === ResultCode.OK ? 'succeeded' : 'failed';
}

function recordsPerSecondIn({ fields }: Message): number {
  const field = fields.get(FieldType.RECORDS_PER_SECOND);
  if (!field) return DEFAULT_RECORDS_PER_SECOND;
  if (field.length !== 4) throw new CommandError(ResultCode.PARAMETER, 'records per second');
  return field.readUInt32BE();
}

function taskIdOf({ fields }: Message): bigint {
  const id = fields.get(FieldType.TASK_ID);
  if (id?.length !== 8) throw new CommandError(ResultCode.PARAMETER, 'task id');
  return id.readBigUInt64BE();
}
