import { unsupported } from '../protocol/result-code';
import { Bytes, type Value } from '../protocol/msgpack';
import {
  expectArity,
  expectType,
  type Form,
  integerArgument,
  malformed,
  rawText,
  Type,
  UNKNOWN,
} from './compiled-expression';

/** POSIX flags of a pattern. */
const Flag = { EXTENDED: 1, IGNORE_CASE: 2, NEWLINE: 4 } as const;
const KNOWN_FLAGS = Flag.EXTENDED | Flag.IGNORE_CASE | Flag.NEWLINE;

/** Named classes of POSIX in the C locale, as they stand inside the brackets of a JavaScript pattern. */
const CLASSES: Readonly<Record<string, string>> = {
  alpha: 'A-Za-z',
  digit: '0-9',
  alnum: 'A-Za-z0-9',
  upper: 'A-Z',
  lower: 'a-z',
  space: ' \\t\\n\\v\\f\\r',
  blank: ' \\t',
  punct: '!-\\/:-@\\[-`{-~',
  xdigit: '0-9A-Fa-f',
  cntrl: '\\x00-\\x1f\\x7f',
  print: ' -~',
  graph: '!-~',
};

/** A piece of a pattern: a bracket expression, an escape, or any one character. */
const PIECE = /\[\^?\]?(?:\[:[a-z]+:\]|\[[.=]|[^\]])*\]|\\[^]|[^]/g;
/** Special in extended patterns; in basic ones the first group is so after a backslash. */
const GROUPING = '(){}|+?';
const ANYWHERE_SPECIAL = '.*^$';

function bracket(piece: string): string {
  if (/\[[.=]/.test(piece)) throw unsupported('a collating element in a pattern');
  const negated = piece.startsWith('[^');
  const inner = piece.slice(negated ? 2 : 1, -1);
  const translated = inner.replaceAll(/\[:([a-z]+):\]|[\\[\]]/g, (match, name?: string) => {
    if (name === undefined) return `\\${match}`;
    const members = Object.hasOwn(CLASSES, name) ? CLASSES[name] : undefined;
    if (members === undefined) throw malformed(`there is no character class ${name}`);
    return members;
  });
  return `[${negated ? '^' : ''}${translated}]`;
}

function literal(character: string): string {
  return /[\\^$.*+?()[\]{}|/]/.test(character) ? `\\${character}` : character;
}

function escape(character: string, extended: boolean): string {
  if (/[1-9A-Za-z<>`']/.test(character)) throw unsupported(`\\${character} in a pattern`);
  return !extended && GROUPING.includes(character) ? character : literal(character);
}

function translate(piece: string, extended: boolean): string {
  if (piece.length > 1 && piece.startsWith('[')) return bracket(piece);
  if (piece.startsWith('\\')) {
    if (piece.length === 1) throw malformed('a pattern ends with a backslash');
    return escape(piece.slice(1), extended);
  }
  if (piece === '[') throw malformed('a bracket of a pattern is not closed');
  if (ANYWHERE_SPECIAL.includes(piece)) return piece;
  return extended && GROUPING.includes(piece) ? piece : literal(piece);
}

/** Where POSIX and JavaScript read the same characters differently; rare, so refused instead of guessed. */
const AMBIGUOUS_EXTENDED = /(^|[(|])[*+?{]|[*+?}][*+?{]|\{,|\(\)|^\||\|\||\|$|\(\||\|\)/;
const AMBIGUOUS_BASIC = /(^|\\\(|\\\||\^)\*|.\^|\$.|\*\*|\\\}[*\\]|\\\{,/;

function refuseAmbiguous(pattern: string, extended: boolean, flags: number): void {
  const plain = pattern.replaceAll(/\[\^?\]?(?:\[:[a-z]+:\]|[^\]])*\]/g, 'x');
  if ((extended ? AMBIGUOUS_EXTENDED : AMBIGUOUS_BASIC).test(plain)) {
    throw unsupported('this combination of repetitions or anchors in a pattern');
  }
  if ((flags & Flag.IGNORE_CASE) !== 0 && /[^\0-\x7f]/.test(pattern)) {
    throw unsupported('a pattern beyond ASCII that ignores case');
  }
}

/** A POSIX pattern as a JavaScript one. Both work on bytes here, as the server's do in the C locale. */
function compilePattern(pattern: string, flags: number): RegExp {
  if ((flags & ~KNOWN_FLAGS) !== 0) throw unsupported(`regular expression flags ${flags}`);
  const extended = (flags & Flag.EXTENDED) !== 0;
  const newline = (flags & Flag.NEWLINE) !== 0;
  refuseAmbiguous(pattern, extended, flags);
  if (newline && pattern.includes('[^'))
    throw unsupported('a negated class beside the newline flag');
  const source = (pattern.match(PIECE) ?? []).map(piece => translate(piece, extended)).join('');
  try {
    return new RegExp(
      source,
      `${(flags & Flag.IGNORE_CASE) !== 0 ? 'i' : ''}${newline ? 'm' : 's'}`,
    );
  } catch {
    throw malformed('a pattern cannot be compiled');
  }
}

function beforeNul(bytes: Buffer): string {
  const end = bytes.indexOf(0);
  return bytes.toString('latin1', 0, end < 0 ? bytes.length : end);
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
      return value instanceof Bytes ? pattern.test(beforeNul(value.data)) : UNKNOWN;
    },
  };
};
