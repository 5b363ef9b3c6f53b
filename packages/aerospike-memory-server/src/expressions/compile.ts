import { List, type Value } from '../protocol/msgpack';
import { unsupported } from '../protocol/result-code';
import * as arithmetic from './arithmetic';
import * as bitwise from './bitwise';
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
import { ExpressionOp } from './opcodes';
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

/** What compiles an expression, by its kind. Kinds that are missing here are not supported. */
const FORMS: Readonly<Record<number, Form>> = {
  [ExpressionOp.UNKNOWN]: control.unknown,
  [ExpressionOp.EQUAL]: comparison.equal,
  [ExpressionOp.NOT_EQUAL]: comparison.notEqual,
  [ExpressionOp.GREATER]: comparison.greater,
  [ExpressionOp.GREATER_OR_EQUAL]: comparison.greaterOrEqual,
  [ExpressionOp.LESS]: comparison.less,
  [ExpressionOp.LESS_OR_EQUAL]: comparison.lessOrEqual,
  [ExpressionOp.REGEX]: matches,
  [ExpressionOp.IN_LIST]: comparison.inList,
  [ExpressionOp.AND]: logic.and,
  [ExpressionOp.OR]: logic.or,
  [ExpressionOp.NOT]: not,
  [ExpressionOp.EXCLUSIVE]: logic.exclusive,
  [ExpressionOp.ADD]: arithmetic.add,
  [ExpressionOp.SUBTRACT]: arithmetic.subtract,
  [ExpressionOp.MULTIPLY]: arithmetic.multiply,
  [ExpressionOp.DIVIDE]: arithmetic.divideBy,
  [ExpressionOp.POWER]: arithmetic.power,
  [ExpressionOp.LOGARITHM]: arithmetic.logarithm,
  [ExpressionOp.MODULO]: arithmetic.modulo,
  [ExpressionOp.ABSOLUTE]: arithmetic.absolute,
  [ExpressionOp.FLOOR]: arithmetic.floor,
  [ExpressionOp.CEILING]: arithmetic.ceiling,
  [ExpressionOp.TO_INTEGER]: arithmetic.toInteger,
  [ExpressionOp.TO_FLOAT]: arithmetic.toFloat,
  [ExpressionOp.BITS_AND]: bitwise.and,
  [ExpressionOp.BITS_OR]: bitwise.or,
  [ExpressionOp.BITS_XOR]: bitwise.xor,
  [ExpressionOp.BITS_NOT]: bitwise.not,
  [ExpressionOp.BITS_LEFT_SHIFT]: bitwise.leftShift,
  [ExpressionOp.BITS_RIGHT_SHIFT]: bitwise.rightShift,
  [ExpressionOp.BITS_ARITHMETIC_RIGHT_SHIFT]: bitwise.arithmeticRightShift,
  [ExpressionOp.BITS_COUNT]: bitwise.count,
  [ExpressionOp.BITS_LEFT_SCAN]: bitwise.leftScan,
  [ExpressionOp.BITS_RIGHT_SCAN]: bitwise.rightScan,
  [ExpressionOp.MINIMUM]: arithmetic.minimum,
  [ExpressionOp.MAXIMUM]: arithmetic.maximum,
  [ExpressionOp.DIGEST_MODULO]: metadata.digestModulo,
  [ExpressionOp.LAST_UPDATE]: metadata.lastUpdate,
  [ExpressionOp.SINCE_UPDATE]: metadata.sinceUpdate,
  [ExpressionOp.VOID_TIME]: metadata.voidTime,
  [ExpressionOp.TTL]: metadata.ttl,
  [ExpressionOp.SET_NAME]: metadata.setName,
  [ExpressionOp.KEY_EXISTS]: metadata.keyExists,
  [ExpressionOp.IS_TOMBSTONE]: metadata.isTombstone,
  [ExpressionOp.KEY]: metadata.key,
  [ExpressionOp.BIN]: metadata.bin,
  [ExpressionOp.BIN_TYPE]: metadata.binType,
  [ExpressionOp.MAP_KEYS]: calls.mapKeys,
  [ExpressionOp.MAP_VALUES]: calls.mapValues,
  [ExpressionOp.COND]: control.cond,
  [ExpressionOp.VARIABLE]: control.variable,
  [ExpressionOp.LET]: control.letIn,
  [ExpressionOp.QUOTE]: quote,
  [ExpressionOp.CALL]: calls.call,
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
