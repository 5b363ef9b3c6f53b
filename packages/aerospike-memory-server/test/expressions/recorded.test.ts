import assert from 'node:assert/strict';
import { parseExpression, parseExpressionRead } from '../../src/expressions';
import type { Particle } from '../../src/protocol/particle';
import { particleOf } from '../../src/protocol/particle-value';
import { CommandError } from '../../src/protocol/result-code';
import { hex, recordWith, text } from './expression-record';

const INTEGER_IS_8 = hex('9301935102a16908');
const STRING_IS_G3 = hex('9301935103a3677270a3036733');
const INTEGER_BELOW_3 = hex('9305935102a16e03');
const SUM_WITH_41 = hex('929314935102a16e2900');

describe('recorded expressions', () => {
  it('let a record through when an integer bin equals', () => {
    const filter = parseExpression(INTEGER_IS_8);
    assert.equal(filter.test(recordWith({ i: 8n })), true);
    assert.equal(filter.test(recordWith({ i: 9n })), false);
  });

  it('compare string bins', () => {
    const filter = parseExpression(STRING_IS_G3);
    assert.equal(filter.test(recordWith({ grp: text('g3') })), true);
    assert.equal(filter.test(recordWith({ grp: text('g4') })), false);
  });

  it('compare by size', () => {
    const filter = parseExpression(INTEGER_BELOW_3);
    const passing = [0n, 1n, 2n, 3n, 4n].filter(n => filter.test(recordWith({ n })));
    assert.deepEqual(passing, [0n, 1n, 2n]);
  });

  it('are not true for a bin that is missing or of another type', () => {
    const filter = parseExpression(INTEGER_IS_8);
    assert.equal(filter.test(recordWith({})), false);
    assert.equal(filter.test(recordWith({ i: text('8') })), false);
  });

  it('give a value to a read operation', () => {
    const result: Particle | undefined = parseExpressionRead(SUM_WITH_41).evaluate(
      recordWith({ n: 1n }),
    );
    assert.deepEqual(result, particleOf(42n));
  });

  it('are not applicable to a read operation that cannot be evaluated', () => {
    assert.throws(
      () => parseExpressionRead(SUM_WITH_41).evaluate(recordWith({})),
      (error: unknown) => error instanceof CommandError && error.resultCode === 26,
    );
  });

  it('answer nothing instead when the operation allows that', () => {
    const lenient = hex('929314935102a16e2910');
    assert.equal(parseExpressionRead(lenient).evaluate(recordWith({})), undefined);
  });
});
