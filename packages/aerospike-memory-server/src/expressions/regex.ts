import { Bytes, type Value } from '../protocol/msgpack';
import { unsupported } from '../protocol/result-code';
import {
  expectArity,
  expectType,
  type Form,
  integerArgument,
  rawText,
  Type,
  UNKNOWN,
} from './compiled-expression';
import { PatternMachine } from './pattern-machine';
import { Flag, parsePattern } from './posix-pattern';

const KNOWN_FLAGS = Object.values(Flag).reduce((all, flag) => all | flag, 0);

function compilePattern(pattern: Buffer, flags: number): PatternMachine {
  if ((flags & ~KNOWN_FLAGS) !== 0) throw unsupported(`regular expression flags ${flags}`);
  return new PatternMachine(parsePattern(pattern, flags), (flags & Flag.NEWLINE) !== 0);
}

/** Texts and patterns of C end with the first NUL. */
function beforeNul(bytes: Buffer): Buffer {
  const end = bytes.indexOf(0);
  return end < 0 ? bytes : bytes.subarray(0, end);
}

export const matches: Form = (args, compiler) => {
  expectArity(args, 3);
  const flags = Number(integerArgument(args[0]));
  const pattern = compilePattern(beforeNul(rawText(args[1])), flags);
  const text = expectType(compiler.compile(args[2] as Value), Type.STRING);
  return {
    type: Type.BOOLEAN,
    evaluate: evaluation => {
      const value = text.evaluate(evaluation);
      return value instanceof Bytes ? pattern.isIn(beforeNul(value.data)) : UNKNOWN;
    },
  };
};
