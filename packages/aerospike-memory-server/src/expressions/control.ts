import type { Value } from '../protocol/msgpack';
import {
  type Compiler,
  expectArity,
  expectType,
  type Form,
  malformed,
  type CompiledExpression,
  rawText,
  Type,
  UNKNOWN,
} from './compiled-expression';

export const unknown: Form = args => {
  expectArity(args, 0);
  return { type: Type.BOOLEAN, isUnknown: true, evaluate: () => UNKNOWN };
};

function pairs(args: readonly Value[]): [first: Value, second: Value][] {
  return args.flatMap((first, i) =>
    i % 2 === 0 && i + 1 < args.length ? [[first, args[i + 1] as Value]] : [],
  );
}

function expectPairsAndOne(args: readonly Value[]): Value {
  const last = args.at(-1);
  if (args.length < 3 || args.length % 2 === 0 || last === undefined) {
    throw malformed('pairs and one more were expected');
  }
  return last;
}

/** All outcomes have one type; an unknown fits among them. */
function commonType(outcomes: readonly CompiledExpression[]): Type {
  const types = new Set(
    outcomes.filter(expression => !expression.isUnknown).map(expression => expression.type),
  );
  if (types.size > 1) throw malformed('the cases have different types');
  return types.values().next().value ?? Type.BOOLEAN;
}

export const cond: Form = (args, compiler) => {
  const otherwise = compiler.compile(expectPairsAndOne(args));
  const cases = pairs(args).map(([condition, outcome]) => ({
    condition: expectType(compiler.compile(condition), Type.BOOLEAN),
    outcome: compiler.compile(outcome),
  }));
  return {
    type: commonType([...cases.map(({ outcome }) => outcome), otherwise]),
    evaluate: evaluation => {
      for (const { condition, outcome } of cases) {
        const holds = condition.evaluate(evaluation);
        if (holds === UNKNOWN) return UNKNOWN;
        if (holds === true) return outcome.evaluate(evaluation);
      }
      return otherwise.evaluate(evaluation);
    },
  };
};

const VARIABLE_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

function variableName(value: Value, { variables }: Compiler): string {
  const name = rawText(value).toString('latin1');
  if (!VARIABLE_NAME.test(name)) throw malformed('a variable name is made of letters and digits');
  if (variables.has(name)) throw malformed(`variable ${name} is defined twice`);
  return name;
}

export const letIn: Form = (args, compiler) => {
  const body = expectPairsAndOne(args);
  const definitions: { name: string; expression: CompiledExpression }[] = [];
  let scope = compiler;
  for (const [first, second] of pairs(args)) {
    const name = variableName(first, scope);
    const expression = scope.compile(second);
    definitions.push({ name, expression });
    scope = scope.withVariables(new Map([...scope.variables, [name, expression.type]]));
  }
  const expression = scope.compile(body);
  return {
    type: expression.type,
    evaluate: evaluation => {
      for (const definition of definitions) {
        evaluation.variables.set(definition.name, definition.expression.evaluate(evaluation));
      }
      return expression.evaluate(evaluation);
    },
  };
};

export const variable: Form = (args, { variables }) => {
  expectArity(args, 1);
  const name = rawText(args[0]).toString('latin1');
  const type = variables.get(name);
  if (type === undefined) throw malformed(`variable ${name} is not defined`);
  return {
    type,
    evaluate: evaluation => {
      const value = evaluation.variables.get(name);
      return value === undefined ? UNKNOWN : value;
    },
  };
};
