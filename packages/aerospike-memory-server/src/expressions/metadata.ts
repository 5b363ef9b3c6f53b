import { Bytes } from '../protocol/msgpack';
import { ParticleType } from '../protocol/particle';
import { valueOf } from '../protocol/particle-value';
import { unsupported } from '../protocol/result-code';
import { EPOCH_MS } from '../store/clock';
import { MAX_BIN_NAME_LENGTH } from '../store/stored-record';
import {
  expectArity,
  type Form,
  integerArgument,
  malformed,
  rawText,
  type Result,
  Type,
  typeArgument,
  typeOf,
  UNKNOWN,
} from './compiled-expression';
import type { ExpressionRecord } from './expression-record';

const NANOSECONDS_PER_MILLISECOND = 1_000_000n;
const NEVER = -1n;

const fact =
  (type: Type, of: (record: ExpressionRecord) => Result): Form =>
  args => {
    expectArity(args, 0);
    return { type, evaluate: ({ record }) => of(record) };
  };

/** Unix milliseconds. */
function expiryOf({ voidTime }: ExpressionRecord): number {
  return voidTime * 1000 + EPOCH_MS;
}

export const setName = fact(
  Type.STRING,
  ({ set }) => new Bytes(ParticleType.STRING, Buffer.from(set)),
);
export const lastUpdate = fact(
  Type.INTEGER,
  record => BigInt(record.lastUpdate) * NANOSECONDS_PER_MILLISECOND,
);
export const sinceUpdate = fact(Type.INTEGER, record =>
  BigInt(Math.max(0, record.now - record.lastUpdate)),
);
export const voidTime = fact(Type.INTEGER, record =>
  record.voidTime === 0 ? NEVER : BigInt(expiryOf(record)) * NANOSECONDS_PER_MILLISECOND,
);
export const ttl = fact(Type.INTEGER, record =>
  record.voidTime === 0
    ? NEVER
    : BigInt(Math.max(1, Math.ceil((expiryOf(record) - record.now) / 1000))),
);
export const keyExists = fact(Type.BOOLEAN, ({ userKey }) => userKey !== undefined);
export const isTombstone = fact(Type.BOOLEAN, () => false);

export const digestModulo: Form = args => {
  expectArity(args, 1);
  const modulus = BigInt.asIntN(32, integerArgument(args[0]));
  if (modulus === 0n) throw malformed('a modulus is not 0');
  return {
    type: Type.INTEGER,
    evaluate: ({ record }) => BigInt(record.digest.readUInt32LE(16)) % modulus,
  };
};

const KEY_TYPES: readonly Type[] = [Type.INTEGER, Type.STRING, Type.BLOB];

export const key: Form = args => {
  expectArity(args, 1);
  const type = typeArgument(args[0]);
  if (!KEY_TYPES.includes(type)) throw malformed(`no key is of type ${type}`);
  return {
    type,
    evaluate: ({ record: { userKey } }) => {
      if (!userKey) return UNKNOWN;
      const value = valueOf({ type: userKey.readUInt8(), bytes: userKey.subarray(1) });
      return typeOf(value) === type ? value : UNKNOWN;
    },
  };
};

function binName(name: Parameters<typeof rawText>[0]): string {
  const bytes = rawText(name);
  if (bytes.length > MAX_BIN_NAME_LENGTH) throw malformed('a bin name is too long');
  return bytes.toString();
}

const WITHOUT_MODULES: readonly Type[] = [Type.GEOJSON, Type.HLL];

export const bin: Form = args => {
  expectArity(args, 2);
  const type = typeArgument(args[0]);
  if (WITHOUT_MODULES.includes(type)) throw unsupported('an expression on a GeoJSON or HLL bin');
  const name = binName(args[1]);
  return {
    type,
    evaluate: ({ record }) => {
      const particle = record.bin(name);
      const value = particle && valueOf(particle);
      return value !== undefined && typeOf(value) === type ? value : UNKNOWN;
    },
  };
};

export const binType: Form = args => {
  expectArity(args, 1);
  const name = binName(args[0]);
  return {
    type: Type.INTEGER,
    evaluate: ({ record }) => BigInt(record.bin(name)?.type ?? ParticleType.NULL),
  };
};
