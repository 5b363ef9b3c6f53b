import type { Clock } from './clock';
import { PARTITION_COUNT, type PartitionSet } from './partition-set';
import type { StoredRecord } from './stored-record';
import { IndexCatalog } from './secondary-index';

export interface NamespaceSettings {
  readonly name: string;
  /** Seconds; 0: never expires. */
  readonly defaultTtl: number;
  /** Bytes. */
  readonly maxRecordSize: number;
}

/** The records of one namespace, by partition and digest. Expired records vanish when they are looked for. */
export class Namespace {
  readonly #partitions: (Map<string, StoredRecord> | undefined)[] = [];
  readonly indexes = new IndexCatalog();

  constructor(
    readonly settings: NamespaceSettings,
    readonly clock: Clock,
  ) {}

  get(digest: Buffer): StoredRecord | undefined {
    const partition = this.#partitions[partitionOf(digest)];
    const record = partition?.get(idOf(digest));
    if (!record || !this.#isExpired(record)) return record;
    partition?.delete(idOf(digest));
    return undefined;
  }

  put(record: StoredRecord): void {
    const partition = (this.#partitions[partitionOf(record.digest)] ??= new Map());
    partition.set(idOf(record.digest), record);
  }

  delete(digest: Buffer): void {
    this.#partitions[partitionOf(digest)]?.delete(idOf(digest));
  }

  /** Removes the records of a set, or all, that were last written before a time in Unix milliseconds. */
  truncate(set: string | undefined, before: number): void {
    for (const partition of this.#partitions) {
      for (const [id, record] of partition ?? []) {
        const isMeant = set === undefined || record.set === set;
        if (isMeant && record.lastUpdate < before) partition?.delete(id);
      }
    }
  }

  /** Forgets all records. */
  clear(): void {
    this.#partitions.length = 0;
  }

  /** The records of one partition as they are now, in no particular order. */
  recordsOf(partition: number): StoredRecord[] {
    const records = this.#partitions[partition];
    return records ? [...records.values()].filter(record => !this.#isExpired(record)) : [];
  }

  /** The records of some partitions, one after the other; those written meanwhile may or may not be among them. */
  *recordsIn({ ids }: PartitionSet): Generator<StoredRecord, void> {
    for (const id of ids) yield* this.recordsOf(id);
  }

  /** How many records there are in some partitions. */
  sizeOf({ ids }: PartitionSet): number {
    let size = 0;
    for (const id of ids) {
      for (const record of this.#partitions[id]?.values() ?? [])
        if (!this.#isExpired(record)) size++;
    }
    return size;
  }

  #isExpired(record: StoredRecord): boolean {
    return record.voidTime !== 0 && record.voidTime < this.clock.nowSeconds();
  }
}

export function partitionOf(digest: Buffer): number {
  return digest.readUInt16LE(0) % PARTITION_COUNT;
}

/** One character for each byte: the cheapest string to look up. */
function idOf(digest: Buffer): string {
  return digest.toString('latin1');
}
