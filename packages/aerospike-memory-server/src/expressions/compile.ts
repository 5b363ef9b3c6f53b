import { List, type Value } from '../protocol/msgpack';
import { unsupported } from '../protocol/result-code';
import * as arithmetic from './arithmetic';
import * as bits from './bitwise';
import * as calls from './calls';
import * as comparison from './comparison';
import * as control from './control';
import * as logic from './logic';
import * as metadata from './metadata';
import {
  type Compiler,
  expectArity,
  type Form,
  integerArgument,
  malformed,
  type CompiledExpression,
  Type,
  typeOf,
} from './compiled-expression';
import { matches } from './regex';
import { strict } from './strict';

const not = strict<boolean>({
  takes: [Type.BOOLEAN],
  gives: Type.BOOLEAN,
  evaluate: ([value]) => value !== true,
});

function constant(value: Value): CompiledExpression {
  return { type: typeOf(value), evaluate: () => value };
}

/** A list stands for an expression, so a list that is meant as such is quoted. */
const quote: Form = args => {
  expectArity(args, 1);
  if (!(args[0] instanceof List)) throw malformed('only a list is quoted');
  return constant(args[0]);
};

/** Every kind of expression by its opcode; geography, HLL, paths and the size of records are not among them. */
const FORMS: Readonly<Record<number, Form>> = {
  0: control.unknown,
  1: comparison.equal,
  2: comparison.notEqual,
  3: comparison.greater,
  4: comparison.greaterOrEqual,
  5: comparison.less,
  6: comparison.lessOrEqual,
  7: matches,
  9: comparison.inList,
  16: logic.and,
  17: logic.or,
  18: not,
  19: logic.exclusive,
  20: arithmetic.add,
  21: arithmetic.subtract,
  22: arithmetic.multiply,
  23: arithmetic.divideBy,
  24: arithmetic.power,
  25: arithmetic.logarithm,
  26: arithmetic.modulo,
  27: arithmetic.absolute,
  28: arithmetic.floor,
  29: arithmetic.ceiling,
  30: arithmetic.toInteger,
  31: arithmetic.toFloat,
  32: bits.and,
  33: bits.or,
  34: bits.xor,
  35: bits.not,
  36: bits.leftShift,
  37: bits.rightShift,
  38: bits.arithmeticRightShift,
  39: bits.count,
  40: bits.leftScan,
  41: bits.rightScan,
  50: arithmetic.minimum,
  51: arithmetic.maximum,
  64: metadata.digestModulo,
  66: metadata.lastUpdate,
  67: metadata.sinceUpdate,
  68: metadata.voidTime,
  69: metadata.ttl,
  70: metadata.setName,
  71: metadata.keyExists,
  72: metadata.isTombstone,
  80: metadata.key,
  81: metadata.bin,
  82: metadata.binType,
  101: calls.mapKeys,
  102: calls.mapValues,
  123: control.cond,
  124: control.variable,
  125: control.letIn,
  126: quote,
  127: calls.call,
};

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
      const form = FORMS[Number(integerArgument(opcode))];
      if (!form) throw unsupported('this kind of expression');
      return form(args, compiler);
    },
  };
  return compiler;
}

export function compile(value: Value): CompiledExpression {
  return compilerWith(new Map()).compile(value);
}
