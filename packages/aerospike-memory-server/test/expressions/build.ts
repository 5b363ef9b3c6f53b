import { parseExpressionRead, type ExpressionRecord } from '../../src/expressions';
import { Bytes, encode, List, type Value } from '../../src/protocol/msgpack';
import { valueOf } from '../../src/protocol/particle-value';
import { CommandError } from '../../src/protocol/result-code';
import { recordWith } from './expression-record';

/** An expression as it stands on the wire: its opcode and its arguments. */
export const expression = (opcode: number, ...args: Value[]): List =>
  new List([BigInt(opcode), ...args]);

/** Text without a particle type byte, as names of bins and variables and patterns have it. */
export const raw = (name: string): Bytes => {
  const bytes = Buffer.from(name);
  return new Bytes(bytes[0] ?? 0, bytes.subarray(1));
};

export const Type = {
  BOOLEAN: 1n,
  INTEGER: 2n,
  STRING: 3n,
  LIST: 4n,
  MAP: 5n,
  BLOB: 6n,
  FLOAT: 7n,
};

export const bin = (type: bigint, name: string): List => expression(81, type, raw(name));

export const quoted = (...items: Value[]): List => expression(126, new List(items));

/** What a read operation with the expression answers: a value, 'unknown', or the code with which it is refused. */
export function evaluate(value: Value, record: ExpressionRecord = recordWith({})): unknown {
  try {
    const payload = encode(new List([value, 0n]));
    const result = parseExpressionRead(payload).evaluate(record);
    return result ? valueOf(result) : null;
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    return error.resultCode === 26 ? 'unknown' : error.resultCode;
  }
}
