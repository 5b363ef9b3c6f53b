import type { Expression } from '../../expressions';
import { FieldType } from '../../protocol/bits';
import type { Message } from '../../protocol/message';
import { CommandError, ResultCode, unsupported } from '../../protocol/result-code';
import type { Namespace } from '../../store/namespace';
import type { StoredRecord } from '../../store/stored-record';
import { PartitionSet } from '../../store/partition-set';
import type { IndexKey } from '../../store/secondary-index';
import type { CommandScope } from '../command';
import { filterOf } from '../record-view';
import { namespaceOf } from '../target';
import { keyWithin, parseIndexRange, type IndexRange } from './index-range';
import { parsePartitions, type PartitionStart } from './partitions';

/** Which records a scan or query is about. A scan is a query without a range. */
export interface Query {
  readonly namespace: Namespace;
  /** '' means the whole namespace. */
  readonly set: string;
  readonly range: IndexRange | undefined;
  /** Name of the index that the range is about. */
  readonly index: string | undefined;
  /** Those of the node. */
  readonly partitions: readonly PartitionStart[];
  /** The ids of those that were asked for, and which are another node's. */
  readonly foreign: readonly number[];
  readonly filter: Expression | undefined;
}

export interface Candidate {
  readonly record: StoredRecord;
  /** Where in the index it was found. */
  readonly key: IndexKey | undefined;
}

const KNOWN_FIELDS: ReadonlySet<number> = new Set([
  FieldType.NAMESPACE,
  FieldType.SET,
  FieldType.TASK_ID,
  FieldType.SOCKET_TIMEOUT,
  FieldType.RECORDS_PER_SECOND,
  FieldType.PARTITION_IDS,
  FieldType.RESUME_DIGESTS,
  FieldType.MAX_RECORDS,
  FieldType.INDEX_VALUE,
  FieldType.INDEX_RANGE,
  FieldType.INDEX_TYPE,
  FieldType.UDF_PACKAGE,
  FieldType.UDF_FUNCTION,
  FieldType.UDF_ARGUMENTS,
  FieldType.UDF_JOB,
  FieldType.FILTER_EXPRESSION,
]);

/** Checks everything that can be wrong with a request, before the first record is looked at. */
export function parseQuery({ store, partitions: own }: CommandScope, message: Message): Query {
  const { fields } = message;
  const namespace = namespaceOf(store, message);
  for (const type of fields.keys()) {
    if (!KNOWN_FIELDS.has(type)) throw unsupported(`field ${type}`);
  }
  const set = fields.get(FieldType.SET)?.toString() ?? '';
  const asked = parsePartitions(fields) ?? own.ids.map((id): PartitionStart => ({ id }));
  // Nearly always all are the node's own.
  const foreign =
    own === PartitionSet.ALL ? [] : asked.filter(({ id }) => !own.has(id)).map(({ id }) => id);
  const partitions = foreign.length === 0 ? asked : asked.filter(({ id }) => own.has(id));
  const range = parseIndexRange(fields);
  const index = range && indexFor(namespace, set, range);
  return { namespace, set, range, index, partitions, foreign, filter: filterOf(message) };
}

function indexFor(namespace: Namespace, set: string, range: IndexRange): string {
  const index = namespace.indexes.find({ ...range, set, context: '', expression: '' });
  if (!index) throw new CommandError(ResultCode.INDEX_NOT_FOUND, `no index on ${range.bin}`);
  return index.name;
}

/**
 * The records in the set and the range, partition by partition, and in each by digest: that is how a page says where it
 * ended. A scan goes from the largest digest down, as in the real server. The filter is left to the caller, who may want
 * to count what it drops.
 */
export function* candidates(query: Query): Generator<Candidate, void> {
  const order = query.range ? upwards : downwards;
  for (const partition of query.partitions) {
    const found = candidatesIn(partition, query, order);
    yield* found.sort((a, b) => order(a.record.digest, b.record.digest));
  }
}

/** Below 0 when the first digest comes before the second. */
type DigestOrder = (a: Buffer, b: Buffer) => number;

const upwards: DigestOrder = (a, b) => Buffer.compare(a, b);
const downwards: DigestOrder = (a, b) => Buffer.compare(b, a);

function candidatesIn(
  { id, after }: PartitionStart,
  { namespace, set, range }: Query,
  order: DigestOrder,
): Candidate[] {
  const found: Candidate[] = [];
  for (const record of namespace.recordsOf(id)) {
    if (after && order(record.digest, after) <= 0) continue;
    if (set !== '' && record.set !== set) continue;
    const key = range && keyWithin(range, record);
    if (range && key === undefined) continue;
    found.push({ record, key });
  }
  return found;
}
