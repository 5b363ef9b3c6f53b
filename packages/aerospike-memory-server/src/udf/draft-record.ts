import { toStorable, type Value } from '../protocol/msgpack';
import type { Particle } from '../protocol/particle';
import { particleOf, valueOf } from '../protocol/particle-value';
import type { Namespace } from '../store/namespace';
import { MAX_BIN_NAME_LENGTH, type Bins, type StoredRecord } from '../store/stored-record';
import type { UdfRecord, UdfValue } from './types';
import { fromJs, toJs } from './js-values';

const FOREVER = -1;
const KEEP = -2;
const NO_BINS: Bins = new Map();

/** What a function wants to become of a record; without bins it is removed. */
export interface RecordChange {
  readonly bins: Bins;
  readonly ttl: number;
}

/** The place of a record, whether there is one or not. */
export interface RecordPlace {
  readonly namespace: Namespace;
  readonly set: string;
  readonly digest: Buffer;
  readonly record: StoredRecord | undefined;
}

/** A record as functions see it. Nothing is stored before the function has returned. */
export class DraftRecord implements UdfRecord {
  readonly key: UdfRecord['key'];
  readonly gen: number;
  bins: UdfRecord['bins'];
  #ttl: number;
  #newTtl = 0;
  #change: RecordChange | undefined;
  readonly #stored: Bins;

  constructor({ namespace, set, digest, record }: RecordPlace) {
    this.key = {
      ns: namespace.settings.name,
      set,
      key: userKeyOf(record),
      digest: Buffer.from(digest),
    };
    this.gen = record?.generation ?? 0;
    this.#ttl = ttlOf(record, namespace);
    this.#stored = record?.bins ?? NO_BINS;
    this.bins = binsToJs(this.#stored);
  }

  get exists(): boolean {
    return (this.#change?.bins ?? this.#stored).size > 0;
  }

  get ttl(): number {
    return this.#ttl;
  }

  set ttl(seconds: number) {
    if (!Number.isInteger(seconds) || seconds < KEEP) {
      throw new RangeError('a ttl is a whole number of seconds, or -1 or -2');
    }
    this.#ttl = seconds;
    this.#newTtl = seconds;
  }

  save(): void {
    this.#change = { bins: this.#binsFromJs(), ttl: this.#newTtl };
  }

  remove(): void {
    this.#change = { bins: NO_BINS, ttl: 0 };
  }

  /** The change that a function has asked for. It is no method, so that functions do not see it. */
  static changeOf(draft: DraftRecord): RecordChange | undefined {
    return draft.#change;
  }

  #binsFromJs(): Bins {
    const bins = new Map<string, Particle>();
    for (const [name, value] of Object.entries(this.bins)) {
      const particle = toParticle(value, this.#stored.get(name));
      if (!particle) continue;
      checkBinName(name);
      bins.set(name, particle);
    }
    return bins;
  }
}

/** A record that functions read in a stream. */
export class StreamRecord extends DraftRecord {
  override save(): void {
    throw new TypeError('records of a stream are for reading only');
  }

  override remove(): void {
    this.save();
  }
}

function binsToJs(bins: Bins): UdfRecord['bins'] {
  // Without a prototype, so that any name can be that of a bin.
  const result = Object.create(null) as UdfRecord['bins'];
  for (const [name, particle] of bins) result[name] = toJs(valueOf(particle));
  return result;
}

/** What a function has left as it was stays the particle that it was. */
function toParticle(value: unknown, stored: Particle | undefined): Particle | undefined {
  const origin: Value | undefined = stored && valueOf(stored);
  const changed = fromJs(value, origin);
  return changed === origin ? stored : particleOf(toStorable(changed));
}

function checkBinName(name: string): void {
  if (name !== '' && Buffer.byteLength(name) <= MAX_BIN_NAME_LENGTH) return;
  throw new RangeError(`the bin name ${name} has not 1 to ${MAX_BIN_NAME_LENGTH} bytes`);
}

function userKeyOf(record: StoredRecord | undefined): UdfValue {
  const { userKey } = record ?? {};
  return userKey ? toJs(valueOf({ type: userKey.readUInt8(), bytes: userKey.subarray(1) })) : null;
}

function ttlOf(record: StoredRecord | undefined, { clock }: Namespace): number {
  if (!record) return 0;
  return record.voidTime === 0 ? FOREVER : record.voidTime - clock.nowSeconds();
}
