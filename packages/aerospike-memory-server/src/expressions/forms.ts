import { List } from '../protocol/msgpack';
import * as arithmetic from './arithmetic';
import * as bitwise from './bitwise';
import * as calls from './calls';
import * as comparison from './comparison';
import { constant, expectArity, type Form, malformed, Type } from './compiled-expression';
import * as control from './control';
import * as logic from './logic';
import * as metadata from './metadata';
import { ExpressionOp } from './opcodes';
import { matches } from './regex';
import { strict } from './strict';

const not = strict<boolean>({
  takes: [Type.BOOLEAN],
  gives: Type.BOOLEAN,
  evaluate: ([value]) => value !== true,
});

/** A list stands for an expression, so a list that is meant as such is quoted. */
const quote: Form = args => {
  expectArity(args, 1);
  if (!(args[0] instanceof List)) throw malformed('only a list is quoted');
  return constant(args[0]);
};

/**
 * What compiles an expression, by its number: a new one is a line here, and a `Form` in the file of its kind. Numbers of
 * {@link ExpressionOp} that have no line are not supported.
 */
export const FORMS: Readonly<Record<number, Form>> = {
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
