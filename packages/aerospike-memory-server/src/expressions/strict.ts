import type { Value } from '../protocol/msgpack';
import {
  type Evaluation,
  type Form,
  malformed,
  type Node,
  type Result,
  Type,
  UNKNOWN,
} from './node';

/** What an argument may be: one type, or one of the two kinds of number. */
export type Accepts = Type | 'number';

interface Strict<T> {
  /** The arguments, each in its place; or any number of one kind, at least one. */
  readonly takes: readonly Accepts[] | { readonly each: Accepts };
  /** The type of the result; 'same' as that of the first argument. */
  readonly gives: Type | 'same';
  readonly evaluate: (args: readonly T[], evaluation: Evaluation) => Result;
}

function accepts(accepted: Accepts, { type }: Node): boolean {
  return accepted === 'number' ? type === Type.INTEGER || type === Type.FLOAT : type === accepted;
}

function check({ takes }: Strict<never>, nodes: readonly Node[]): void {
  const kinds = 'each' in takes ? nodes.map(() => takes.each) : takes;
  if (nodes.length === 0 && 'each' in takes) throw malformed('arguments are missing');
  if (kinds.length !== nodes.length) throw malformed(`${kinds.length} arguments were expected`);
  const fits = (node: Node, i: number): boolean =>
    kinds[i] !== undefined && accepts(kinds[i], node);
  if (!nodes.every(fits)) throw malformed('an argument has another type');
  const numbers = nodes.filter((_, i) => kinds[i] === 'number');
  if (new Set(numbers.map(node => node.type)).size > 1) throw malformed('numbers of both kinds');
}

function evaluateAll(nodes: readonly Node[], evaluation: Evaluation): Value[] | typeof UNKNOWN {
  const values: Value[] = [];
  for (const node of nodes) {
    const value = node.evaluate(evaluation);
    if (value === UNKNOWN) return UNKNOWN;
    values.push(value);
  }
  return values;
}

/** An expression that evaluates all its arguments and is unknown when one of them is. */
export function strict<T extends Value>(row: Strict<T>): Form {
  return (args, compiler) => {
    const nodes = args.map(arg => compiler.compile(arg));
    check(row, nodes);
    return {
      type: row.gives === 'same' ? (nodes[0]?.type ?? Type.NIL) : row.gives,
      evaluate: evaluation => {
        const values = evaluateAll(nodes, evaluation);
        // The types were checked above, so the values are what the row takes.
        return values === UNKNOWN ? UNKNOWN : row.evaluate(values as T[], evaluation);
      },
    };
  };
}
