import assert from 'node:assert/strict';
import { AerospikeMemoryServer, type UdfFunctions } from '../../src';
import { compileModule } from '../../src/udf/module';
import { describeModule } from '../../src/udf/source';

const outside = 'a variable around the functions';

const FUNCTIONS = {
  method(_: unknown, a: number) {
    return a + 1;
  },
  'with spaces'(_: unknown, a: number) {
    return a + 2;
  },
  arrow: (_: unknown, a: number) => a + 3,
  expression: function named(_: unknown, a: number): number {
    return a === 0 ? 4 : named(_, 0) + a;
  },
  defaults(_: unknown, a = 1, ...more: number[]) {
    // Ends with a comment: }
    return [a, ...more];
  },
};

function compiled(functions: Record<string, unknown>) {
  const { name, sources } = describeModule('m', functions);
  return compileModule(name, sources);
}

describe('the source of a UDF', () => {
  it('is read in every form in which a function can be written', () => {
    const module = compiled(FUNCTIONS);
    assert.equal(module.get('method')?.(null, 1), 2);
    assert.equal(module.get('with spaces')?.(null, 1), 3);
    assert.equal(module.get('arrow')?.(null, 1), 4);
    assert.equal(module.get('expression')?.(null, 1), 5);
    assert.deepEqual([...(module.get('defaults')?.(null, 1, 2) as number[])], [1, 2]);
  });

  it('sees the language, Map and Buffer, and nothing else', () => {
    const module = compiled({
      map: (value: unknown) => value instanceof Map && Buffer.isBuffer(Buffer.alloc(1)),
      closure: () => outside,
      process: () => process.pid,
      require: () => typeof require,
    });
    assert.equal(module.get('map')?.(new Map()), true);
    assert.throws(() => module.get('closure')?.(), { name: 'ReferenceError' });
    assert.throws(() => module.get('process')?.(), { name: 'ReferenceError' });
    assert.equal(module.get('require')?.(), 'undefined');
  });

  it('is of no use to other modules', () => {
    const set = () => Object.assign(globalThis, { left: 1 });
    assert.ok(compiled({ set }).get('set')?.());
    assert.equal(compiled({ get: () => 'left' in globalThis }).get('get')?.(), false);
  });

  const REFUSED: Readonly<Record<string, [functions: object, message: RegExp]>> = {
    'a native function': [{ f: Math.max }, /m\.f is native or bound/],
    'a bound function': [{ f: FUNCTIONS.arrow.bind(null) }, /m\.f is native or bound/],
    'an asynchronous function': [
      {
        async f() {
          await Promise.resolve();
        },
      },
      /m\.f is asynchronous/,
    ],
    'a generator': [
      {
        *f() {
          yield 1;
        },
      },
      /m\.f is a generator/,
    ],
    'a class': [
      {
        f: class {
          field = 1;
        },
      },
      /m\.f is a class/,
    ],
    'a method with a computed name': [
      {
        [outside]() {
          return 1;
        },
      },
      /has a computed name/,
    ],
    'something else': [{ f: 'text' }, /m\.f is no function/],
  };
  for (const [what, [functions, message]] of Object.entries(REFUSED)) {
    it(`refuses ${what}`, () => {
      assert.throws(() => describeModule('m', functions), { name: 'TypeError', message });
    });
  }
});

describe('registerUdf', () => {
  let server: AerospikeMemoryServer;

  before(async () => {
    server = await AerospikeMemoryServer.create();
  });

  after(() => server.stop());

  it('is rejected with a TypeError that says what is wrong', async () => {
    const register = (name: unknown, functions: unknown) =>
      server.registerUdf(name as string, functions as UdfFunctions);
    await assert.rejects(register('', {}), { name: 'TypeError', message: /name of a UDF module/ });
    await assert.rejects(register(1, {}), { name: 'TypeError', message: /name of a UDF module/ });
    await assert.rejects(register('m', null), { name: 'TypeError', message: /module m is null/ });
    await assert.rejects(register('m', { f: 1 }), { name: 'TypeError', message: /m\.f/ });
  });
});
