import { Bytes, decode, encode, List, OrderedMap, type Value } from './msgpack';
import { ParticleType, type Particle } from './particle';

function integerBytes(value: bigint): Buffer {
  const bytes = Buffer.allocUnsafe(8);
  bytes.writeBigUInt64BE(BigInt.asUintN(64, value));
  return bytes;
}

function doubleBytes(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(8);
  bytes.writeDoubleBE(value);
  return bytes;
}

/** A GeoJSON particle carries flags, a count of region cells and the cells before its text; inside a list it does not. */
const NO_CELLS = Buffer.alloc(3);

function bytesParticle({ type, data }: Bytes): Particle {
  if (type === ParticleType.STRING) return { type, bytes: data };
  if (type === ParticleType.GEOJSON) return { type, bytes: Buffer.concat([NO_CELLS, data]) };
  return { type: ParticleType.BLOB, bytes: data };
}

/** A value as a bin or as the result of an operation; nil is no particle. */
export function particleOf(value: Value | undefined): Particle | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'boolean') {
    return { type: ParticleType.BOOLEAN, bytes: Buffer.of(Number(value)) };
  }
  if (typeof value === 'bigint') return { type: ParticleType.INTEGER, bytes: integerBytes(value) };
  if (typeof value === 'number') return { type: ParticleType.DOUBLE, bytes: doubleBytes(value) };
  if (value instanceof List) return { type: ParticleType.LIST, bytes: encode(value) };
  if (value instanceof OrderedMap) return { type: ParticleType.MAP, bytes: encode(value) };
  return value instanceof Bytes ? bytesParticle(value) : undefined;
}

function geoJsonText(bytes: Buffer): Buffer {
  return bytes.subarray(3 + 8 * bytes.readUInt16BE(1));
}

/** The value that a bin holds. */
export function valueOf({ type, bytes }: Particle): Value {
  switch (type) {
    case ParticleType.NULL:
      return null;
    case ParticleType.INTEGER:
      return bytes.readBigInt64BE();
    case ParticleType.DOUBLE:
      return bytes.readDoubleBE();
    case ParticleType.BOOLEAN:
      return bytes.readUInt8() !== 0;
    case ParticleType.LIST:
    case ParticleType.MAP:
      return decode(bytes);
    case ParticleType.GEOJSON:
      return new Bytes(type, geoJsonText(bytes));
    default:
      return new Bytes(type, bytes);
  }
}
