import { decode, List, type Value } from '../protocol/msgpack';
import { unsupported } from '../protocol/result-code';
import { Arguments, malformed } from './arguments';
import { CDT_OPERATIONS, type CdtOperation } from './operation-table';

/** The opcode that says: find this place first, then do that there. */
const IN_CONTEXT = 0xff;

export interface Call {
  readonly operation: CdtOperation;
  readonly args: Arguments;
  /** The way to a nested list or map: kinds of steps, each followed by its key, index, rank or value. */
  readonly context: readonly Value[];
}

function listOf(value: Value | undefined): readonly Value[] {
  if (!(value instanceof List)) throw malformed('a list was expected');
  return value.items;
}

/** Newer clients send one list that begins with the opcode; older ones two bytes, then the list of arguments if any. */
function readPayload(payload: Buffer): readonly Value[] {
  if (payload.length === 0) throw malformed('an operation has no payload');
  if (payload[0] !== 0) return listOf(decode(payload));
  if (payload.length < 2) throw malformed('an operation has no opcode');
  const args = payload.length > 2 ? listOf(decode(payload.subarray(2))) : [];
  return [BigInt(payload.readUInt16BE()), ...args];
}

/** A list or map operation as values: the opcode, then the arguments. */
export function parseCall(
  [opcode, ...args]: readonly Value[],
  context: readonly Value[] = [],
): Call {
  if (typeof opcode !== 'bigint') throw malformed('an operation begins with its opcode');
  if (opcode === BigInt(IN_CONTEXT)) {
    const [path, call] = args;
    if (args.length !== 2 || context.length > 0)
      throw malformed('a context stands before one call');
    return parseCall(listOf(call), contextOf(path));
  }
  const operation = CDT_OPERATIONS.get(Number(opcode));
  if (!operation) throw unsupported(`list and map operation ${opcode.toString()}`);
  return { operation, args: new Arguments(args), context };
}

function contextOf(path: Value | undefined): readonly Value[] {
  const steps = listOf(path);
  if (steps.length === 0 || steps.length % 2 !== 0) throw malformed('a context is made of pairs');
  return steps;
}

export function readCall(payload: Buffer): Call {
  return parseCall(readPayload(payload));
}
