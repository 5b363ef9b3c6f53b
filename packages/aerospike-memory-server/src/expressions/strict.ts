import type { Value } from '../protocol/msgpack';
import {
  type Evaluation,
  type Form,
  malformed,
  type CompiledExpression,
  type Result,
  Type,
  UNKNOWN,
} from './compiled-expression';

/** What an argument may be: one type, or one of the two kinds of number. */
export type Accepts = Type | 'number';

interface Strict<T> {
  /** The arguments, each in its place; or any number of one kind, at least one. */
  readonly takes: readonly Accepts[] | { readonly each: Accepts };
  /** The type of the result; 'same' as that of the first argument. */
  readonly gives: Type | 'same';
  readonly evaluate: (args: readonly T[], evaluation: Evaluation) => Result;
}

function accepts(accepted: Accepts, { type }: CompiledExpression): boolean {
  return accepted === 'number' ? type === Type.INTEGER || type === Type.FLOAT : type === accepted;
}

function check({ takes }: Strict<never>, expressions: readonly CompiledExpression[]): void {
  const kinds = 'each' in takes ? expressions.map(() => takes.each) : takes;
  if (expressions.length === 0 && 'each' in takes) throw malformed('arguments are missing');
  if (kinds.length !== expressions.length)
    throw malformed(`${kinds.length} arguments were expected`);
  const fits = (expression: CompiledExpression, i: number): boolean =>
    kinds[i] !== undefined && accepts(kinds[i], expression);
  if (!expressions.every(fits)) throw malformed('an argument has another type');
  const numbers = expressions.filter((_, i) => kinds[i] === 'number');
  if (new Set(numbers.map(expression => expression.type)).size > 1)
    throw malformed('numbers of both kinds');
}

function evaluateAll(
  expressions: readonly CompiledExpression[],
  evaluation: Evaluation,
): Value[] | typeof UNKNOWN {
  const values: Value[] = [];
  for (const expression of expressions) {
    const value = expression.evaluate(evaluation);
    if (value === UNKNOWN) return UNKNOWN;
    values.push(value);
  }
  return values;
}

/** An expression that evaluates all its arguments and is unknown when one of them is. */
export function strict<T extends Value>(row: Strict<T>): Form {
  return (args, compiler) => {
    const expressions = args.map(arg => compiler.compile(arg));
    check(row, expressions);
    return {
      type: row.gives === 'same' ? (expressions[0]?.type ?? Type.NIL) : row.gives,
      evaluate: evaluation => {
        const values = evaluateAll(expressions, evaluation);
        // The types were checked above, so the values are what the row takes.
        return values === UNKNOWN ? UNKNOWN : row.evaluate(values as T[], evaluation);
      },
    };
  };
}
