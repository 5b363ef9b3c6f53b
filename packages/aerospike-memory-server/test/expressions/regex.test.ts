import assert from 'node:assert/strict';
import { evaluate, expression, raw } from './build';
import { text } from './expression-record';

const BASIC = 0n;
const EXTENDED = 1n;
const IGNORE_CASE = 2n;
const NEWLINE = 4n;

/** Flags, pattern, what it matches, what it does not. */
const CASES: readonly [flags: bigint, pattern: string, matches: string[], fails: string[]][] = [
  [BASIC, 'b', ['abc', 'b'], ['ac', 'B']],
  [BASIC, '^a.c$', ['abc', 'a c'], ['abbc', 'xabc']],
  [BASIC, 'a+(b)', ['a+(b)'], ['aab']],
  [BASIC, 'a\\{2\\}$', ['aa', 'baa'], ['ab']],
  [BASIC, '\\(ab\\)*c', ['c', 'ababc'], ['ab']],
  [BASIC, 'a\\.b', ['a.b'], ['axb']],
  [EXTENDED, '^(ab|cd)+$', ['abcd', 'ab'], ['abc', '']],
  [EXTENDED, 'a{2,3}b?', ['aa', 'aaab'], ['a']],
  [EXTENDED, '[[:digit:]]+-[^a-c]', ['12-d', '1--'], ['12-a', 'x-d']],
  [EXTENDED, '^[]x-]+$', [']', 'x-]'], ['y']],
  [EXTENDED, '[a\\]', ['\\', 'a'], ['b']],
  [EXTENDED, 'a/b', ['a/b'], ['ab']],
  [EXTENDED | IGNORE_CASE, 'ABC', ['xabcx', 'aBc'], ['ab']],
  [EXTENDED, 'a.c', ['a\nc'], ['ac']],
  [EXTENDED | NEWLINE, '^b$', ['a\nb\nc'], ['ab']],
  [EXTENDED | NEWLINE, 'a.b', ['a b'], ['a\nb']],
  [EXTENDED, '^..$', ['é', 'ab'], ['a', 'éa']],
];

const REFUSED: readonly [flags: bigint, pattern: string, code: number][] = [
  [EXTENDED, '(', 4],
  [EXTENDED, 'a[b', 4],
  [EXTENDED, '[[:nothing:]]', 4],
  [EXTENDED, '[[:constructor:]]', 4],
  [EXTENDED, 'a\\', 4],
  [EXTENDED, '(a)\\1', 16],
  [EXTENDED, '\\w', 16],
  [EXTENDED, 'a**', 16],
  [EXTENDED, '*a', 16],
  [BASIC, '*a', 16],
  [EXTENDED, '[[=a=]]', 16],
  [EXTENDED | IGNORE_CASE, 'É', 16],
  [128n, 'a', 16],
];

const matching = (flags: bigint, pattern: string, value: string): unknown =>
  evaluate(expression(7, flags, raw(pattern), text(value)));

describe('regular expressions', () => {
  for (const [flags, pattern, matches, fails] of CASES) {
    it(`match as POSIX has it: ${pattern} with flags ${flags.toString()}`, () => {
      for (const value of matches) assert.equal(matching(flags, pattern, value), true, value);
      for (const value of fails) assert.equal(matching(flags, pattern, value), false, value);
    });
  }

  for (const [flags, pattern, code] of REFUSED) {
    it(`are refused with ${code}: ${pattern} with flags ${flags.toString()}`, () => {
      assert.equal(matching(flags, pattern, 'a'), code);
    });
  }
});
