import { Bytes, List, OrderedMap, UNTYPED, type Value } from '../protocol/msgpack';
import { ParticleType } from '../protocol/particle';
import { CommandError, ResultCode } from '../protocol/result-code';
import type { ExpressionRecord } from './expression-record';

/** The types that expressions have, by their numbers on the wire. */
export const Type = {
  NIL: 0,
  BOOLEAN: 1,
  INTEGER: 2,
  STRING: 3,
  LIST: 4,
  MAP: 5,
  BLOB: 6,
  FLOAT: 7,
  GEOJSON: 8,
  HLL: 9,
  /** Not on the wire: a wildcard or infinity, which has a place only among the arguments of a list or map operation. */
  COMPARISON: 255,
} as const;

export type Type = (typeof Type)[keyof typeof Type];

/** What cannot be told: a bin that is missing or of another type, a division by zero. A filter takes it for false. */
export const UNKNOWN = Symbol('unknown');

export type Result = Value | typeof UNKNOWN;

/** What an evaluation needs to know. */
export interface Evaluation {
  readonly record: ExpressionRecord;
  readonly variables: Map<string, Result>;
}

/** A compiled expression. Types are checked when it is compiled, as the real server does. */
export interface CompiledExpression {
  readonly type: Type;
  /** The expression `unknown` itself, which fits where a value of any type is expected. */
  readonly isUnknown?: true;
  evaluate(evaluation: Evaluation): Result;
}

/** Compiles one kind of expression from its arguments. */
export type Form = (args: readonly Value[], compiler: Compiler) => CompiledExpression;

export interface Compiler {
  compile(value: Value): CompiledExpression;
  /** Types of the variables in scope. */
  readonly variables: ReadonlyMap<string, Type>;
  withVariables(variables: ReadonlyMap<string, Type>): Compiler;
}

export function malformed(what: string): CommandError {
  return new CommandError(ResultCode.PARAMETER, `malformed expression: ${what}`);
}

const BYTES_TYPES: Readonly<Record<number, Type>> = {
  [ParticleType.STRING]: Type.STRING,
  [ParticleType.GEOJSON]: Type.GEOJSON,
  [ParticleType.HLL]: Type.HLL,
};

export function typeOf(value: Value): Type {
  if (value === null) return Type.NIL;
  if (typeof value === 'boolean') return Type.BOOLEAN;
  if (typeof value === 'bigint') return Type.INTEGER;
  if (typeof value === 'number') return Type.FLOAT;
  if (value instanceof List) return Type.LIST;
  if (value instanceof OrderedMap) return Type.MAP;
  return value instanceof Bytes ? (BYTES_TYPES[value.type] ?? Type.BLOB) : Type.COMPARISON;
}

/** Names of bins and variables and patterns come as text without a particle type byte. */
export function rawText(value: Value | undefined): Buffer {
  if (!(value instanceof Bytes)) throw malformed('text was expected');
  return value.type === UNTYPED ? value.data : Buffer.concat([Buffer.of(value.type), value.data]);
}

export function integerArgument(value: Value | undefined): bigint {
  if (typeof value !== 'bigint') throw malformed('an integer was expected');
  return value;
}

export function typeArgument(value: Value | undefined): Type {
  const wanted = Number(integerArgument(value));
  const type = Object.values(Type).find(known => known === wanted && known !== Type.COMPARISON);
  if (type === undefined) throw malformed(`there is no type ${wanted}`);
  return type;
}

export function expectArity(args: readonly Value[], arity: number): void {
  if (args.length !== arity) throw malformed(`${arity} arguments were expected`);
}

export function expectType(expression: CompiledExpression, type: Type): CompiledExpression {
  if (expression.type !== type)
    throw malformed(`an argument is of type ${expression.type}, not ${type}`);
  return expression;
}

export function constant(value: Value): CompiledExpression {
  return { type: typeOf(value), evaluate: () => value };
}
