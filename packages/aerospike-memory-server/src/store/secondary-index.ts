import { Bytes, List, OrderedMap, type Value } from '../protocol/msgpack';
import { ParticleType, type Particle } from '../protocol/particle';
import { valueOf } from '../protocol/particle-value';
import { CommandError, ResultCode } from '../protocol/result-code';
import type { StoredRecord } from './stored-record';

export type IndexType = 'numeric' | 'string' | 'blob' | 'geo2dsphere';

/** What of a bin is indexed: the bin itself, or what stands in its list or map. */
export type IndexSource = 'default' | 'list' | 'mapkeys' | 'mapvalues';

/** A number, or the bytes of a string or blob. */
export type IndexKey = bigint | Buffer;

/** What an index is about; queries ask for an index by it, not by name. */
export interface IndexDefinition {
  /** '' is the index of a whole namespace, which is of no use to queries of a set. */
  readonly set: string;
  readonly bin: string;
  readonly type: IndexType;
  readonly source: IndexSource;
  /** The way to a value inside the bin's list or map, as the client encodes it; '' for none. */
  readonly context: string;
  /** The expression that is indexed instead of a bin, as the client encodes it; '' for none. */
  readonly expression: string;
}

/**
 * A secondary index. There is nothing behind it: with all records in memory, a query that looks at each of them is
 * fast enough, and cannot be out of date. The index only decides whether there may be such a query.
 */
export interface SecondaryIndex extends IndexDefinition {
  readonly name: string;
}

const VALUES: Readonly<Record<IndexSource, (bin: Value) => readonly Value[]>> = {
  default: bin => [bin],
  list: bin => (bin instanceof List ? bin.items : []),
  mapkeys: bin => (bin instanceof OrderedMap ? bin.entries.map(([key]) => key) : []),
  mapvalues: bin => (bin instanceof OrderedMap ? bin.entries.map(([, value]) => value) : []),
};

const KEYS: Readonly<Record<IndexType, (value: Value) => IndexKey | undefined>> = {
  numeric: value => (typeof value === 'bigint' ? value : undefined),
  string: bytesOf(ParticleType.STRING),
  blob: bytesOf(ParticleType.BLOB),
  geo2dsphere: () => undefined,
};

/** Whether this server can tell what the index holds. Other indexes can be created, but no query can use them. */
export function isUsable({ type, context, expression }: IndexDefinition): boolean {
  return type !== 'geo2dsphere' && context === '' && expression === '';
}

/** The keys under which the index holds this record. */
export function keysOf(
  index: Pick<IndexDefinition, 'bin' | 'type' | 'source'>,
  record: StoredRecord,
): IndexKey[] {
  const bin = record.bins.get(index.bin);
  if (!bin || isCollection(bin) === (index.source === 'default')) return [];
  return VALUES[index.source](valueOf(bin))
    .map(KEYS[index.type])
    .filter(key => key !== undefined);
}

function isCollection({ type }: Particle): boolean {
  return type === ParticleType.LIST || type === ParticleType.MAP;
}

function bytesOf(type: number): (value: Value) => Buffer | undefined {
  return value => (value instanceof Bytes && value.type === type ? value.data : undefined);
}

const DEFINITION = ['set', 'bin', 'type', 'source', 'context', 'expression'] as const;

function isSame(a: IndexDefinition, b: IndexDefinition): boolean {
  return DEFINITION.every(part => a[part] === b[part]);
}

/** The secondary indexes of a namespace. */
export class IndexCatalog {
  readonly #indexes = new Map<string, SecondaryIndex>();

  /** Does nothing when there is one like it, whatever its name: so does the real server. */
  add(index: SecondaryIndex): void {
    if (this.find(index)) return;
    if (this.#indexes.has(index.name)) {
      throw new CommandError(ResultCode.INDEX_FOUND, `another index is named ${index.name}`);
    }
    this.#indexes.set(index.name, index);
  }

  delete(name: string): void {
    this.#indexes.delete(name);
  }

  get(name: string): SecondaryIndex | undefined {
    return this.#indexes.get(name);
  }

  find(wanted: IndexDefinition): SecondaryIndex | undefined {
    return [...this.#indexes.values()].find(index => isSame(index, wanted));
  }

  values(): Iterable<SecondaryIndex> {
    return this.#indexes.values();
  }
}
