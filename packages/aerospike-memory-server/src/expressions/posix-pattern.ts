import { unsupported } from '../protocol/result-code';
import { lowerCase, malformedPattern, readBracket } from './posix-bracket';

/** The flags of a pattern, as glibc's regcomp has them: the server hands them on. */
export const Flag = { EXTENDED: 1, IGNORE_CASE: 2, NEWLINE: 4, NO_SUBEXPRESSIONS: 8 } as const;

/** A pattern, parsed. It is about bytes, as in the C locale, in which the server runs. */
export type Pattern =
  | { readonly kind: 'one of'; readonly bytes: ByteSet }
  | { readonly kind: 'sequence' | 'alternatives'; readonly parts: readonly Pattern[] }
  | { readonly kind: 'repeat'; readonly part: Pattern; readonly min: number; readonly max: number }
  | { readonly kind: 'line start' | 'line end' };

/** 1 for each byte that is in it, 0 for the others. */
export type ByteSet = Uint8Array;

/** glibc's RE_DUP_MAX. */
const MAX_REPETITIONS = 0x7fff;
const MAX_DEPTH = 200;
/** Bytes. */
const MAX_LENGTH = 4096;
const NEWLINE = 0x0a;

/** What stands for itself in no pattern; all other tokens are characters. */
type Operator = '*' | '+' | '?' | '{' | '(' | ')' | '|' | '^' | '$' | '.' | '[';

interface Token {
  readonly type: Operator | 'character' | 'end';
  readonly byte: number;
  /** Position of the next one. */
  readonly next: number;
}

const WITHOUT_BACKSLASH = '*^$.[';
const GROUPING = '+?{()|';
/** After a backslash: a reference to a group, or an extension of GNU's. */
const NOT_POSIX = /[1-9A-Za-z<>`']/;

function setOf(contains: (byte: number) => boolean): ByteSet {
  return Uint8Array.from({ length: 256 }, (_, byte) => Number(contains(byte)));
}

/**
 * Parses a basic or an extended regular expression, as glibc does with RE_SYNTAX_POSIX_BASIC and _EXTENDED.
 *
 * @throws CommandError 4 when it is malformed, 16 when it has what this server does not support: references to groups,
 * GNU's extensions, collating elements.
 */
export function parsePattern(pattern: Buffer, flags: number): Pattern {
  if (pattern.length > MAX_LENGTH) throw unsupported('a pattern of this length');
  return new Parser(pattern, flags).parse();
}

class Parser {
  readonly #isExtended: boolean;
  readonly #ignoresCase: boolean;
  readonly #newline: boolean;
  #position = 0;
  #depth = 0;
  /** Where an operator has nothing to repeat: at the start of an alternative, and after an anchor. */
  #atStart = true;
  /** Where a basic pattern has a circumflex for an anchor: at the very start of an alternative. */
  #isFirst = true;

  constructor(
    private readonly pattern: Buffer,
    flags: number,
  ) {
    this.#isExtended = (flags & Flag.EXTENDED) !== 0;
    this.#ignoresCase = (flags & Flag.IGNORE_CASE) !== 0;
    this.#newline = (flags & Flag.NEWLINE) !== 0;
  }

  parse(): Pattern {
    const parsed = this.#alternatives();
    // Where nothing is open, an extended pattern takes a closing parenthesis for a character.
    if (this.#token().type !== 'end') throw malformedPattern('a parenthesis is not opened');
    return parsed;
  }

  #token(position = this.#position): Token {
    const byte = this.pattern[position];
    if (byte === undefined) return { type: 'end', byte: 0, next: position };
    const escaped = byte === 0x5c;
    if (!escaped) return this.#plain(byte, position);
    const after = this.pattern[position + 1];
    if (after === undefined) throw malformedPattern('it ends with a backslash');
    const text = String.fromCharCode(after);
    if (NOT_POSIX.test(text)) throw unsupported(`\\${text} in a pattern`);
    const isOperator = !this.#isExtended && GROUPING.includes(text);
    return {
      type: isOperator ? (text as Operator) : 'character',
      byte: after,
      next: position + 2,
    };
  }

  #plain(byte: number, position: number): Token {
    const text = String.fromCharCode(byte);
    const isOperator =
      WITHOUT_BACKSLASH.includes(text) || (this.#isExtended && GROUPING.includes(text));
    return { type: isOperator ? (text as Operator) : 'character', byte, next: position + 1 };
  }

  #alternatives(): Pattern {
    const parts = [this.#sequence()];
    while (this.#token().type === '|') {
      this.#position = this.#token().next;
      parts.push(this.#sequence());
    }
    return { kind: 'alternatives', parts };
  }

  #sequence(): Pattern {
    const parts: Pattern[] = [];
    this.#atStart = true;
    this.#isFirst = true;
    for (let token = this.#token(); !this.#endsSequence(token); token = this.#token()) {
      const part = this.#single(token);
      this.#isFirst = false;
      parts.push(this.#mayRepeat() ? this.#repeated(part) : part);
    }
    return { kind: 'sequence', parts };
  }

  #endsSequence({ type }: Token): boolean {
    const closes = type === ')' && (this.#depth > 0 || !this.#isExtended);
    return closes || type === '|' || type === 'end';
  }

  #mayRepeat(): boolean {
    return !this.#atStart;
  }

  /** One character, group or anchor, without what repeats it. */
  #single(token: Token): Pattern {
    this.#position = token.next;
    switch (token.type) {
      case '(':
        return this.#group();
      case '[':
        return this.#bracket();
      case '.':
        this.#atStart = false;
        return {
          kind: 'one of',
          bytes: setOf(byte => byte !== 0 && !(this.#newline && byte === NEWLINE)),
        };
      case '^':
        return this.#isLineStart() ? { kind: 'line start' } : this.#character(token.byte);
      case '$':
        if (!this.#isLineEnd()) return this.#character(token.byte);
        this.#atStart = true;
        return { kind: 'line end' };
      case '*':
      case '+':
      case '?':
      case '{':
        if (this.#isExtended || token.type === '{') throw malformedPattern('nothing to repeat');
        return this.#character(token.byte);
      default:
        return this.#character(token.byte);
    }
  }

  #isLineStart(): boolean {
    if (!this.#isExtended && !this.#isFirst) return false;
    this.#atStart = true;
    return true;
  }

  #isLineEnd(): boolean {
    return this.#isExtended || ['end', '|', ')'].includes(this.#token().type);
  }

  #character(byte: number): Pattern {
    this.#atStart = false;
    const folded = this.#fold(byte);
    return { kind: 'one of', bytes: setOf(each => this.#fold(each) === folded) };
  }

  #bracket(): Pattern {
    const { contains, negated, next } = readBracket(
      this.pattern,
      this.#position,
      this.#ignoresCase,
    );
    this.#position = next;
    this.#atStart = false;
    const bytes = setOf(byte => {
      if (negated && this.#newline && byte === NEWLINE) return false;
      return contains(this.#fold(byte)) !== negated;
    });
    return { kind: 'one of', bytes };
  }

  #group(): Pattern {
    if (++this.#depth > MAX_DEPTH) throw unsupported('a pattern of so many nested groups');
    const inner = this.#alternatives();
    const { type, next } = this.#token();
    if (type !== ')') throw malformedPattern('a parenthesis is not closed');
    this.#position = next;
    this.#depth--;
    this.#atStart = false;
    return inner;
  }

  #repeated(part: Pattern): Pattern {
    let repeated = part;
    for (let count = 0; ; count++) {
      const { type, next } = this.#token();
      if (type !== '*' && type !== '+' && type !== '?' && type !== '{') return repeated;
      // In a basic pattern only the signs that are an extension may follow another one.
      const isRefused = !this.#isExtended && (type === '*' || type === '{');
      if (count > 0 && isRefused) throw malformedPattern('a repetition of a repetition');
      this.#position = next;
      repeated = { kind: 'repeat', part: repeated, ...this.#bounds(type) };
    }
  }

  #bounds(operator: '*' | '+' | '?' | '{'): { min: number; max: number } {
    if (operator === '*') return { min: 0, max: Infinity };
    if (operator === '+') return { min: 1, max: Infinity };
    if (operator === '?') return { min: 0, max: 1 };
    const rest = this.pattern.toString('latin1', this.#position);
    const interval = this.#isExtended
      ? /^(\d*)(,?)(\d*)\}/.exec(rest)
      : /^(\d*)(,?)(\d*)\\\}/.exec(rest);
    const [whole = '', from = '', comma = '', to = ''] = interval ?? [];
    if (from === '' && comma === '') throw malformedPattern('an interval');
    this.#position += whole.length;
    const min = Number(from);
    const max = comma === '' ? min : to === '' ? Infinity : Number(to);
    if (min > max || min > MAX_REPETITIONS || (to !== '' && max > MAX_REPETITIONS)) {
      throw malformedPattern(`the interval ${whole}`);
    }
    return { min, max };
  }

  /** Without regard to case: the small letter. Letters are those of ASCII. */
  #fold(byte: number): number {
    return this.#ignoresCase ? lowerCase(byte) : byte;
  }
}
