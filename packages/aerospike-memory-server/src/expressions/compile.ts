import { List, type Value } from '../protocol/msgpack';
import { unsupported } from '../protocol/result-code';
import {
  type CompiledExpression,
  type Compiler,
  constant,
  integerArgument,
  Type,
} from './compiled-expression';
import { FORMS } from './forms';
import { ExpressionOp } from './opcodes';

const LITERALS_WITHOUT_MODULES: readonly Type[] = [Type.GEOJSON, Type.HLL];

function compileLiteral(value: Value): CompiledExpression {
  const literal = constant(value);
  if (LITERALS_WITHOUT_MODULES.includes(literal.type)) {
    throw unsupported('a GeoJSON or HLL value in an expression');
  }
  return literal;
}

function compilerWith(variables: Compiler['variables']): Compiler {
  const compiler: Compiler = {
    variables,
    withVariables: compilerWith,
    compile: value => {
      if (!(value instanceof List)) return compileLiteral(value);
      const [opcode, ...args] = value.items;
      const op = Number(integerArgument(opcode));
      const form = FORMS[op];
      if (!form) throw unsupported(`the expression ${nameOf(op)}`);
      return form(args, compiler);
    },
  };
  return compiler;
}

function nameOf(op: number): string {
  const [name = String(op)] = Object.entries(ExpressionOp).find(([, value]) => value === op) ?? [];
  return name;
}

export function compile(value: Value): CompiledExpression {
  return compilerWith(new Map()).compile(value);
}
