export const PARTITION_COUNT = 4096;

/** Some of a namespace's partitions: those that a node is the master of. */
export class PartitionSet {
  static readonly ALL = new PartitionSet(() => true);
  static readonly NONE = new PartitionSet(() => false);

  /** In ascending order. */
  readonly ids: readonly number[];
  /** One bit a partition, in base64, as clients read it. */
  readonly base64: string;
  readonly #bits = Buffer.alloc(PARTITION_COUNT / 8);

  constructor(includes: (id: number) => boolean) {
    this.ids = Array.from({ length: PARTITION_COUNT }, (_, id) => id).filter(includes);
    for (const id of this.ids) this.#bits[id >> 3] = this.#byteOf(id) | maskOf(id);
    this.base64 = this.#bits.toString('base64');
  }

  has(id: number): boolean {
    return (this.#byteOf(id) & maskOf(id)) !== 0;
  }

  #byteOf(id: number): number {
    return this.#bits[id >> 3] ?? 0;
  }
}

/** The first partition of a byte is its highest bit. */
function maskOf(id: number): number {
  return 0x80 >> (id & 7);
}
