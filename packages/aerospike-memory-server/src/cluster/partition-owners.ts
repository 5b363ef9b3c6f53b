import { PARTITION_COUNT, PartitionSet } from '../store/partition-set';

const MASK_64 = 2n ** 64n - 1n;
const FNV_OFFSET_BASIS = 0xcbf29ce484222325n;
const FNV_PRIME = 0x100000001b3n;
/** Bytes of a node's id, and of a partition's, as they are hashed. */
const NODE_ID_LENGTH = 8;
const PARTITION_ID_LENGTH = 4;
/** The real server writes something else into the last byte of a weight. */
const WEIGHT_SHIFT = 8n;

const weightsByName = new Map<string, BigUint64Array>();
let hashesOfPartitions: readonly bigint[] | undefined;

/**
 * The partitions that each node of a cluster is the master of. It depends on the names of the nodes alone, and is what
 * the real server makes of them: of all members, the one with the highest weight for a partition has it (rendezvous
 * hashing), so that one more or one less moves no more partitions than it must.
 */
export function partitionsByOwner(names: readonly string[]): Map<string, PartitionSet> {
  if (names.length === 1) return new Map(names.map(name => [name, PartitionSet.ALL]));
  const owners = Array.from({ length: PARTITION_COUNT }, (_, id) => ownerOf(id, names));
  return new Map(names.map(name => [name, new PartitionSet(id => owners[id] === name)]));
}

function ownerOf(id: number, names: readonly string[]): string | undefined {
  let owner: string | undefined;
  let highest = -1n;
  for (const name of names) {
    const weight = weightsOf(name)[id] ?? 0n;
    if (weight > highest) [owner, highest] = [name, weight];
  }
  return owner;
}

/** Thousands of steps with large numbers: they are taken once for each name. */
function weightsOf(name: string): BigUint64Array {
  const known = weightsByName.get(name);
  if (known) return known;
  hashesOfPartitions ??= Array.from({ length: PARTITION_COUNT }, (_, id) =>
    hashOf(BigInt(id), PARTITION_ID_LENGTH),
  );
  const begun = mixed(0n, hashOf(BigInt(`0x${name}`), NODE_ID_LENGTH));
  const weights = BigUint64Array.from(
    hashesOfPartitions,
    partition => finished(mixed(begun, partition)) >> WEIGHT_SHIFT,
  );
  weightsByName.set(name, weights);
  return weights;
}

/** FNV-1a, 64 bits, of a little-endian number. */
function hashOf(id: bigint, length: number): bigint {
  let hash = FNV_OFFSET_BASIS;
  for (let i = 0n; i < length; i++) hash = ((hash ^ byteAt(id, i)) * FNV_PRIME) & MASK_64;
  return hash;
}

/** Jenkins' one-at-a-time hash, in 64 bits: the step for each byte of a little-endian number. */
function mixed(begun: bigint, part: bigint): bigint {
  let hash = begun;
  for (let i = 0n; i < 8n; i++) {
    hash = ((hash + byteAt(part, i)) * 1025n) & MASK_64;
    hash ^= hash >> 6n;
  }
  return hash;
}

function finished(begun: bigint): bigint {
  let hash = (begun + (begun << 3n)) & MASK_64;
  hash ^= hash >> 11n;
  return (hash + (hash << 15n)) & MASK_64;
}

function byteAt(number: bigint, index: bigint): bigint {
  return (number >> (8n * index)) & 0xffn;
}
