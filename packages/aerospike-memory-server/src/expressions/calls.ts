import { executeModify, executeRead } from '../cdt/execute';
import { type Call, parseCall } from '../cdt/payload';
import { List, OrderedMap, toStorable, type Value } from '../protocol/msgpack';
import { CommandError, ResultCode, unsupported } from '../protocol/result-code';
import {
  type Compiler,
  type Evaluation,
  expectArity,
  type Form,
  integerArgument,
  malformed,
  type CompiledExpression,
  type Result,
  Type,
  typeArgument,
  typeOf,
  UNKNOWN,
} from './compiled-expression';

const LISTS_AND_MAPS = 0;
/** The call gives the changed list or map instead of what the operation answers. */
const MODIFIES = 0x40;
const IN_CONTEXT = 0xffn;

function listOf(value: Value | undefined): readonly Value[] {
  if (!(value instanceof List)) throw malformed('a list was expected');
  return value.items;
}

/** An operation whose arguments are still to be evaluated; `context` as it stands before them. */
interface Template {
  readonly opcode: Value;
  readonly args: readonly CompiledExpression[];
  readonly context: Value | undefined;
}

/** Among the arguments of a call a list is an expression; everything else is itself. */
function compileArgument(value: Value, compiler: Compiler): CompiledExpression {
  return value instanceof List
    ? compiler.compile(value)
    : { type: typeOf(value), evaluate: () => value };
}

function readTemplate([opcode, ...rest]: readonly Value[], compiler: Compiler): Template {
  if (opcode === IN_CONTEXT) {
    expectArity(rest, 2);
    return { ...readTemplate(listOf(rest[1]), compiler), context: rest[0] };
  }
  if (opcode === undefined) throw malformed('a call begins with its opcode');
  const args = rest.map(arg => compileArgument(arg, compiler));
  return { opcode, args, context: undefined };
}

function fill({ opcode, args, context }: Template, evaluation: Evaluation): Call | undefined {
  const values: Value[] = [opcode];
  for (const arg of args) {
    const value = arg.evaluate(evaluation);
    if (value === UNKNOWN) return undefined;
    values.push(value);
  }
  return parseCall(context === undefined ? values : [IN_CONTEXT, context, new List(values)]);
}

function apply(call: Call, on: Value, modifies: boolean): Value {
  const stored = toStorable(on);
  if (!modifies) return executeRead(stored, call) ?? null;
  return executeModify(stored ?? undefined, call).root ?? null;
}

/** An operation that fails makes the expression unknown; one that this server lacks must not. */
function applyOrUnknown(call: Call, on: Value, modifies: boolean): Result {
  try {
    return apply(call, on, modifies);
  } catch (error) {
    const failed = error instanceof CommandError;
    if (failed && error.resultCode !== ResultCode.UNSUPPORTED_FEATURE) return UNKNOWN;
    throw error;
  }
}

const TARGETS: readonly Type[] = [Type.NIL, Type.LIST, Type.MAP];

export const call: Form = (args, compiler) => {
  expectArity(args, 4);
  const type = typeArgument(args[0]);
  const system = Number(integerArgument(args[1]));
  if ((system & ~MODIFIES) !== LISTS_AND_MAPS) throw unsupported('a bit or HLL expression');
  const modifies = (system & MODIFIES) !== 0;
  const template = readTemplate(listOf(args[2]), compiler);
  const target = compiler.compile(args[3] as Value);
  if (!TARGETS.includes(target.type)) throw malformed('a call is on a list or a map');
  return {
    type,
    evaluate: evaluation => {
      const operation = fill(template, evaluation);
      const on = target.evaluate(evaluation);
      if (!operation || on === UNKNOWN) return UNKNOWN;
      const result = applyOrUnknown(operation, on, modifies);
      return result !== UNKNOWN && typeOf(result) === type ? result : UNKNOWN;
    },
  };
};

const partsOf =
  (part: 0 | 1): Form =>
  (args, compiler) => {
    expectArity(args, 1);
    const map = compiler.compile(args[0] as Value);
    return {
      type: Type.LIST,
      evaluate: evaluation => {
        const value = map.evaluate(evaluation);
        if (value === UNKNOWN || !(value instanceof OrderedMap)) return UNKNOWN;
        return new List(value.entries.map(entry => entry[part]));
      },
    };
  };

export const mapKeys = partsOf(0);
export const mapValues = partsOf(1);
