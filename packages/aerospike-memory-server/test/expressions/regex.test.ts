import assert from 'node:assert/strict';
import { evaluate, expression, raw } from './build';
import { text } from './expression-record';

const BASIC = 0n;
const EXTENDED = 1n;
const IGNORE_CASE = 2n;
const NEWLINE = 4n;
const NO_SUBEXPRESSIONS = 8n;

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
  [EXTENDED | IGNORE_CASE, '^É$', ['É'], ['é', 'e']],
  [EXTENDED | IGNORE_CASE, '^[[:upper:]B-Z]+$', ['abc', 'Z'], ['a1']],
  [EXTENDED | NO_SUBEXPRESSIONS, '(a)(b)', ['ab'], ['ba']],
  [EXTENDED | NEWLINE, '^[^a]+$', ['a\nb'], ['a\na']],
  [EXTENDED, '^[^a]+$', ['b\nb'], ['a\nb']],
  [EXTENDED, '', ['', 'a'], []],
  [EXTENDED, '()|x', ['', 'a'], []],
  [EXTENDED, '^a**$', ['', 'aa'], ['b']],
  [EXTENDED, '^a{,2}{2}$', ['', 'aaaa'], ['aaaaa']],
  [EXTENDED, 'a)', ['a)'], ['a']],
  [EXTENDED, '^(a|b){2,}$', ['ab', 'bab'], ['a', 'abc']],
  [EXTENDED, '(^|,)a(,|$)', ['a', 'b,a', 'b,a,c'], ['ba', 'ab']],
  [BASIC, '*a', ['*a'], ['a']],
  [BASIC, '^*a', ['*a'], ['a', 'b*a']],
  [BASIC, '\\(*a\\)', ['*a'], ['a']],
  [BASIC, 'a^b$c', ['a^b$c'], ['ab']],
  [BASIC, '^^a', ['^a'], ['a']],
  [BASIC, 'a\\{1,2\\}\\|b\\+$', ['a', 'cbb'], ['c']],
];

/** 4: malformed, and 16: what this server does not support. */
const REFUSED: readonly [flags: bigint, pattern: string, code: number][] = [
  [EXTENDED, '(', 4],
  [BASIC, 'a\\)', 4],
  [EXTENDED, 'a[b', 4],
  [EXTENDED, '[b-a]', 4],
  [EXTENDED, '[a-c-e]', 4],
  [EXTENDED, '[[:nothing:]]', 4],
  [EXTENDED, '[[:constructor:]]', 4],
  [EXTENDED, '[[:alpha', 4],
  [EXTENDED, '[[:digit:]-z]', 4],
  [EXTENDED, 'a\\', 4],
  [EXTENDED, '*a', 4],
  [EXTENDED, 'a|+', 4],
  [EXTENDED, '^*', 4],
  [EXTENDED, 'a{', 4],
  [EXTENDED, 'a{2', 4],
  [EXTENDED, 'a{3,2}', 4],
  [EXTENDED, 'a{40000}', 4],
  [BASIC, 'a**', 4],
  [BASIC, '\\{1\\}', 4],
  [EXTENDED, '(a)\\1', 16],
  [EXTENDED, '\\w', 16],
  [EXTENDED, '[[=a=]]', 16],
  [EXTENDED, '[[.a.]]', 16],
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

  const HARD: readonly [pattern: string, text: string, result: unknown][] = [
    ['(a+)+b', `${'a'.repeat(100_000)}c`, false],
    ['(a|a)*b', `${'a'.repeat(100_000)}c`, false],
    ['(x+x+)+y', 'x'.repeat(100_000), false],
    ['(.*)*(.*)*(.*)*x', 'y'.repeat(100_000), false],
    ['(a?){100}a{100}b', 'a'.repeat(10_000), false],
    ['a{1,1500}$', `${'a'.repeat(1_000_000)}b`, 16],
    ['(a{1000}){1000}', 'a', 16],
    ['(){9}{9}{9}{9}{9}{9}{9}{9}{9}', 'a', 16],
    ['('.repeat(4000), 'a', 16],
    ['a|'.repeat(10_000), 'b', 16],
  ];

  for (const [pattern, text, result] of HARD) {
    it(`take time that is linear in the text, or are refused: ${pattern.slice(0, 20)}`, () => {
      assert.equal(matching(EXTENDED, pattern, text), result);
    });
  }
});
