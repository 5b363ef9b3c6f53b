import {
  type Evaluation,
  expectType,
  type Form,
  malformed,
  type CompiledExpression,
  type Result,
  Type,
  UNKNOWN,
} from './compiled-expression';

const logical =
  (
    evaluate: (expressions: readonly CompiledExpression[], evaluation: Evaluation) => Result,
  ): Form =>
  (args, compiler) => {
    if (args.length < 2) throw malformed('a logical expression has at least two arguments');
    const expressions = args.map(arg => expectType(compiler.compile(arg), Type.BOOLEAN));
    return { type: Type.BOOLEAN, evaluate: evaluation => evaluate(expressions, evaluation) };
  };

/** One such value decides the result, even when other arguments are unknown. */
const decidedBy = (decisive: boolean): Form =>
  logical((expressions, evaluation) => {
    let result: Result = !decisive;
    for (const expression of expressions) {
      const value = expression.evaluate(evaluation);
      if (value === decisive) return decisive;
      if (value === UNKNOWN) result = UNKNOWN;
    }
    return result;
  });

export const and = decidedBy(false);
export const or = decidedBy(true);

/** Exactly one of them is true. */
export const exclusive = logical((expressions, evaluation) => {
  let trues = 0;
  for (const expression of expressions) {
    const value = expression.evaluate(evaluation);
    if (value === UNKNOWN) return UNKNOWN;
    if (value === true && ++trues > 1) return false;
  }
  return trues === 1;
});
