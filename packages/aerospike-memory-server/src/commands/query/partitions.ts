import { FieldType } from '../../protocol/bits';
import type { Fields } from '../../protocol/message';
import { CommandError, ResultCode } from '../../protocol/result-code';
import { PARTITION_COUNT, partitionOf } from '../../store/namespace';

const DIGEST_LENGTH = 20;

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
    ...pieces(ids, 2).map(piece => ({ id: checkId(piece.readUInt16LE()) })),
    ...pieces(digests, DIGEST_LENGTH).map(after => ({ id: partitionOf(after), after })),
  ].sort((a, b) => a.id - b.id);
}

function pieces(field: Buffer | undefined, length: number): Buffer[] {
  if (!field) return [];
  if (field.length % length !== 0) throw new CommandError(ResultCode.PARAMETER, 'partitions');
  return Array.from({ length: field.length / length }, (_, i) =>
    field.subarray(i * length, (i + 1) * length),
  );
}

function checkId(id: number): number {
  if (id >= PARTITION_COUNT) throw new CommandError(ResultCode.PARAMETER, `partition ${id}`);
  return id;
}
