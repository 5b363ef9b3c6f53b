import { ParticleType, type Particle } from '../protocol/particle';
import { toStorable } from '../protocol/msgpack';
import { particleOf, valueOf } from '../protocol/particle-value';
import { CommandError, ResultCode, unsupported } from '../protocol/result-code';
import { indexGeoJson } from './geojson';

const NUMBER_LENGTH = 8;

/** What a client may store, by particle type: each checks the bytes and gives those to keep. */
const STORABLE: Readonly<Record<number, (bytes: Buffer) => Buffer>> = {
  [ParticleType.INTEGER]: ofLength(NUMBER_LENGTH),
  [ParticleType.DOUBLE]: ofLength(NUMBER_LENGTH),
  [ParticleType.STRING]: copy,
  [ParticleType.BLOB]: copy,
  [ParticleType.BOOLEAN]: ofLength(1),
  [ParticleType.MAP]: collection(ParticleType.MAP),
  [ParticleType.LIST]: collection(ParticleType.LIST),
  [ParticleType.GEOJSON]: indexGeoJson,
};

/** The value to keep of one that came over the wire, whose bytes are about to be reused; undefined for null. */
export function toStored({ type, bytes }: Particle): Particle | undefined {
  if (type === ParticleType.NULL) return undefined;
  const keep = STORABLE[type];
  if (!keep) throw unsupported(`particle type ${type}`);
  return { type, bytes: keep(bytes) };
}

/** Adds two numbers of the same type; integers wrap around at 64 bits. */
export function increment(value: Particle | undefined, by: Particle): Particle {
  if (by.type !== ParticleType.INTEGER && by.type !== ParticleType.DOUBLE) throw wrongType();
  if (by.bytes.length !== NUMBER_LENGTH) throw wrongLength();
  if (value && value.type !== by.type) throw wrongType();
  const bytes = Buffer.from(by.bytes);
  if (!value) return { type: by.type, bytes };
  if (by.type === ParticleType.DOUBLE) {
    bytes.writeDoubleBE(value.bytes.readDoubleBE() + by.bytes.readDoubleBE());
  } else {
    const sum = value.bytes.readBigInt64BE() + by.bytes.readBigInt64BE();
    bytes.writeBigInt64BE(BigInt.asIntN(64, sum));
  }
  return { type: by.type, bytes };
}

/** Joins two strings or two blobs. */
export function concatenate(first: Particle, second: Particle): Particle {
  const { type } = first;
  if (type !== second.type) throw wrongType();
  if (type !== ParticleType.STRING && type !== ParticleType.BLOB) throw wrongType();
  return { type, bytes: Buffer.concat([first.bytes, second.bytes]) };
}

/** Strings and blobs only: what append and prepend start from when the bin does not exist. */
export function emptyLike({ type }: Particle): Particle {
  return { type, bytes: Buffer.alloc(0) };
}

function copy(bytes: Buffer): Buffer {
  return Buffer.from(bytes);
}

function ofLength(length: number): (bytes: Buffer) => Buffer {
  return bytes => {
    if (bytes.length !== length) throw wrongLength();
    return Buffer.from(bytes);
  };
}

/** Lists and maps are kept in the form that the real server gives them. */
function collection(type: number): (bytes: Buffer) => Buffer {
  return bytes => {
    const stored = particleOf(toStorable(valueOf({ type, bytes })));
    if (stored?.type === type) return stored.bytes;
    throw new CommandError(ResultCode.PARAMETER, 'no list or map');
  };
}

function wrongType(): CommandError {
  return new CommandError(ResultCode.BIN_TYPE, 'the bin or the value has another type');
}

function wrongLength(): CommandError {
  return new CommandError(ResultCode.PARAMETER, 'a value of the wrong length');
}
