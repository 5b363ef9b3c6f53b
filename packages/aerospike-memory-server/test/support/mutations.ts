import type { Random } from './random';
import type { RequestParts } from './requests';

type Mutation = (bytes: Buffer, random: Random, others: readonly Buffer[]) => Buffer;

const EXTREMES = [0, 1, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff];

/** What can go wrong with the bytes of a request. Each leaves the given ones as they are. */
const MUTATIONS: readonly Mutation[] = [
  function replaceByte(bytes, random) {
    const changed = Buffer.from(bytes);
    if (changed.length > 0) changed[random.below(changed.length)] = random.below(256);
    return changed;
  },
  function flipBit(bytes, random) {
    const changed = Buffer.from(bytes);
    const at = random.below(changed.length);
    if (changed.length > 0) changed[at] = (changed[at] ?? 0) ^ (1 << random.below(8));
    return changed;
  },
  function truncate(bytes, random) {
    return Buffer.from(bytes.subarray(0, random.below(bytes.length)));
  },
  function lengthen(bytes, random) {
    const at = random.below(bytes.length + 1);
    const more = random.bytes(1 + random.below(20));
    return Buffer.concat([bytes.subarray(0, at), more, bytes.subarray(at)]);
  },
  function exaggerate(bytes, random) {
    const changed = Buffer.from(bytes);
    if (changed.length >= 4) {
      changed.writeUInt32BE(random.pick(EXTREMES), random.below(changed.length - 3));
    }
    return changed;
  },
  function graft(bytes, random, others) {
    const other = random.pick(others);
    const head = bytes.subarray(0, random.below(bytes.length));
    return Buffer.concat([head, other.subarray(random.below(other.length))]);
  },
];

/** A copy of one of these with one to four changes. */
export function mutate(originals: readonly Buffer[], random: Random): Buffer {
  let bytes = random.pick(originals);
  for (let changes = 1 + random.below(4); changes > 0; changes--) {
    bytes = random.pick(MUTATIONS)(bytes, random, originals);
  }
  return bytes;
}

/** The same request with something else in one of its fields or operations; around that, everything fits. */
export function mutateContent(
  { fields = [], operations = [], ...header }: RequestParts,
  values: readonly Buffer[],
  random: Random,
): RequestParts {
  const changed = random.below(fields.length + operations.length);
  const changedOperation = changed - fields.length;
  const other = (bytes: Buffer): Buffer =>
    random.below(4) === 0 ? random.pick(values) : mutate([bytes], random);
  return {
    ...header,
    fields: fields.map(([type, data], i) => [
      type,
      i === changed ? other(Buffer.from(data)) : data,
    ]),
    operations: operations.map((operation, i) => {
      if (i !== changedOperation) return operation;
      const [op, particle, bin, value = Buffer.alloc(0)] = operation;
      if (random.below(4) === 0) return [random.below(20), particle, bin, value];
      if (random.below(4) === 0) return [op, random.below(25), bin, value];
      return [op, particle, bin, other(value)];
    }),
  };
}
