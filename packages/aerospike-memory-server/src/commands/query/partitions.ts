import { FieldType } from '../../protocol/bits';
import { DIGEST_LENGTH, type Fields } from '../../protocol/message';
import { CommandError, ResultCode } from '../../protocol/result-code';
import { partitionOf } from '../../store/namespace';
import { PARTITION_COUNT } from '../../store/partition-set';

const ID_LENGTH = 2;

/** A partition to be read, from its start or after the record where an earlier page ended. */
export interface PartitionStart {
  readonly id: number;
  readonly after?: Buffer;
}

/** The partitions that a request names: by their ids, and by the last record seen of each. */
export function parsePartitions(fields: Fields): PartitionStart[] | undefined {
  const ids = fields.get(FieldType.PARTITION_IDS);
  const digests = fields.get(FieldType.RESUME_DIGESTS);
  if (!ids && !digests) return undefined;
  return [
    ...pieces(ids, ID_LENGTH, (field, start) => ({ id: checkId(field.readUInt16LE(start)) })),
    ...pieces(digests, DIGEST_LENGTH, (field, start) => {
      const after = field.subarray(start, start + DIGEST_LENGTH);
      return { id: partitionOf(after), after };
    }),
  ].sort((a, b) => a.id - b.id);
}

function pieces(
  field: Buffer | undefined,
  length: number,
  read: (field: Buffer, start: number) => PartitionStart,
): PartitionStart[] {
  if (!field) return [];
  if (field.length % length !== 0) throw new CommandError(ResultCode.PARAMETER, 'partitions');
  return Array.from({ length: field.length / length }, (_, i) => read(field, i * length));
}

function checkId(id: number): number {
  if (id >= PARTITION_COUNT) throw new CommandError(ResultCode.PARAMETER, `partition ${id}`);
  return id;
}
