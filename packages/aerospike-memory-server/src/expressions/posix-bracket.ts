import { CommandError, ResultCode, unsupported } from '../protocol/result-code';

/** The characters between brackets. */
export interface Bracket {
  readonly contains: (byte: number) => boolean;
  readonly negated: boolean;
  /** Position after the closing bracket. */
  readonly next: number;
}

/** Named classes in the C locale: pairs of the first and the last character of a range. */
const CLASSES: Readonly<Record<string, string>> = {
  alpha: 'AZaz',
  digit: '09',
  alnum: '09AZaz',
  upper: 'AZ',
  lower: 'az',
  space: '\t\r  ',
  blank: '\t\t  ',
  punct: '!/:@[`{~',
  xdigit: '09AFaf',
  cntrl: '\0\x1f\x7f\x7f',
  print: ' ~',
  graph: '!~',
};

const [CARET, CLOSE, OPEN, HYPHEN] = [0x5e, 0x5d, 0x5b, 0x2d];

/** Reads what follows an opening bracket. Without regard to case its characters are those of small letters. */
export function readBracket(pattern: Buffer, start: number, ignoresCase: boolean): Bracket {
  const negated = pattern[start] === CARET;
  const reader = new BracketReader(pattern, start + Number(negated), ignoresCase);
  const tests = reader.read();
  return { contains: byte => tests.some(test => test(byte)), negated, next: reader.position };
}

type Test = (byte: number) => boolean;

class BracketReader {
  constructor(
    private readonly pattern: Buffer,
    public position: number,
    private readonly ignoresCase: boolean,
  ) {}

  read(): Test[] {
    const tests: Test[] = [];
    do tests.push(this.#item(tests.length === 0));
    while (this.#peek() !== CLOSE);
    this.position++;
    return tests;
  }

  /** A class, a range or a character. A closing bracket and a hyphen that come first are characters. */
  #item(isFirst: boolean): Test {
    const named = this.#named();
    if (named) return named;
    const isRangeSign = this.#peek() === HYPHEN && !isFirst && this.#peek(1) !== CLOSE;
    if (isRangeSign) throw malformedPattern('a hyphen that makes no range');
    const first = this.#character();
    if (this.#peek() !== HYPHEN || this.#peek(1) === CLOSE) return byte => byte === first;
    this.position++;
    if (this.#peek() === OPEN) throw unsupported('a range that ends with a bracket in a pattern');
    const last = this.#character();
    if (first > last) throw malformedPattern('a range that ends before it starts');
    return byte => first <= byte && byte <= last;
  }

  #named(): Test | undefined {
    const kind = this.#peek() === OPEN ? String.fromCharCode(this.#peek(1)) : '';
    if (kind === '.' || kind === '=') throw unsupported('a collating element in a pattern');
    if (kind !== ':') return undefined;
    const end = this.pattern.indexOf(':]', this.position + 2);
    if (end < 0) throw malformedPattern('a character class is not closed');
    const name = this.pattern.toString('latin1', this.position + 2, end);
    this.position = end + 2;
    if (this.#peek() === HYPHEN && this.#peek(1) !== CLOSE) {
      throw malformedPattern('a range that starts with a class');
    }
    const isLetterCase = name === 'upper' || name === 'lower';
    return classNamed(this.ignoresCase && isLetterCase ? 'alpha' : name);
  }

  #character(): number {
    const byte = this.#peek();
    this.position++;
    return this.ignoresCase ? lowerCase(byte) : byte;
  }

  #peek(offset = 0): number {
    const byte = this.pattern[this.position + offset];
    if (byte === undefined) throw malformedPattern('a bracket is not closed');
    return byte;
  }
}

function classNamed(name: string): Test {
  const members = Object.hasOwn(CLASSES, name) ? CLASSES[name] : undefined;
  if (members === undefined) throw malformedPattern(`there is no character class ${name}`);
  const ranges = [...(members.match(/[^]{2}/g) ?? [])].map(ends => Buffer.from(ends, 'latin1'));
  return byte => ranges.some(ends => ends.readUInt8() <= byte && byte <= ends.readUInt8(1));
}

/** The small letter of a letter of ASCII. */
export function lowerCase(byte: number): number {
  return byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte;
}

export function malformedPattern(what: string): CommandError {
  return new CommandError(ResultCode.PARAMETER, `malformed pattern: ${what}`);
}
