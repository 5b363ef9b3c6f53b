import { compareValues, List, MapOrder, OrderedMap, type Value } from '../protocol/msgpack';
import {
  expectArity,
  expectType,
  type Form,
  malformed,
  type Result,
  Type,
  UNKNOWN,
} from './compiled-expression';

type Comparable = bigint | number | boolean;
type Relation = (a: Comparable, b: Comparable) => boolean;

const INCOMPARABLE: readonly Type[] = [Type.GEOJSON, Type.HLL, Type.COMPARISON];

function isScalar(value: Value): value is Comparable {
  return ['bigint', 'number', 'boolean'].includes(typeof value);
}

function isUnordered(value: Value): boolean {
  return (
    value instanceof OrderedMap && value.order === MapOrder.UNORDERED && value.entries.length > 0
  );
}

/** Unordered maps have no order, so a comparison that comes across one cannot be told. */
function compareStructures(a: Value, b: Value): number | typeof UNKNOWN {
  const unordered: Value[] = [];
  const order = compareValues(a, b, value => {
    if (isUnordered(value)) unordered.push(value);
  });
  return unordered.length > 0 ? UNKNOWN : order;
}

function relate(a: Value, b: Value, relation: Relation): Result {
  // Not by compareValues: NaN is unequal to itself.
  if (isScalar(a) && isScalar(b)) return relation(a, b);
  const order = compareStructures(a, b);
  return order === UNKNOWN ? UNKNOWN : relation(order, 0);
}

const compare =
  (relation: Relation): Form =>
  (args, compiler) => {
    expectArity(args, 2);
    const [left, right] = args.map(arg => compiler.compile(arg));
    if (left === undefined || right === undefined) throw malformed('two values are compared');
    if (left.type !== right.type || INCOMPARABLE.includes(left.type)) {
      throw malformed('these cannot be compared');
    }
    return {
      type: Type.BOOLEAN,
      evaluate: evaluation => {
        const a = left.evaluate(evaluation);
        if (a === UNKNOWN) return UNKNOWN;
        const b = right.evaluate(evaluation);
        return b === UNKNOWN ? UNKNOWN : relate(a, b, relation);
      },
    };
  };

export const equal = compare((a, b) => a === b);
export const notEqual = compare((a, b) => a !== b);
export const greater = compare((a, b) => a > b);
export const greaterOrEqual = compare((a, b) => a >= b);
export const less = compare((a, b) => a < b);
export const lessOrEqual = compare((a, b) => a <= b);

export const inList: Form = (args, compiler) => {
  expectArity(args, 2);
  const [element, list] = args.map(arg => compiler.compile(arg));
  if (!element || !list) throw malformed('an element and a list were expected');
  expectType(list, Type.LIST);
  return {
    type: Type.BOOLEAN,
    evaluate: evaluation => {
      const wanted = element.evaluate(evaluation);
      const within = list.evaluate(evaluation);
      if (wanted === UNKNOWN || !(within instanceof List)) return UNKNOWN;
      return within.items.some(item => compareValues(item, wanted) === 0);
    },
  };
};
