import assert from 'node:assert/strict';
import { AsyncLocalStorage } from 'node:async_hooks';
import { once, type EventEmitter } from 'node:events';
import * as Aerospike from 'aerospike';
import { CALLS, isPossible } from './support/calls';
import { TestClient } from './support/client';
import { programPath, runNode } from './support/program';
import { Telemetry } from './support/telemetry';
import { Tracing } from './support/tracing';

const SET = 'context';
const RECORDS = 3;

/** What foreach gives, of a scan and of a query. */
type Statement = Aerospike.Scan | Aerospike.Query;

describe("the caller's asynchronous context", () => {
  const test = new TestClient(SET);
  const caller = new AsyncLocalStorage<string>();
  let telemetry: Telemetry;
  let tracing: Tracing;

  before(async () => {
    await test.open();
    await test.reset();
    for (let n = 0; n < RECORDS; n++) {
      await test.connected.put(new Aerospike.Key('test', SET, `record-${n}`), { n });
    }
  });
  after(() => test.close());

  beforeEach(() => {
    telemetry = new Telemetry();
    tracing = new Tracing();
  });
  afterEach(async () => {
    await telemetry.shutdown();
    await tracing.shutdown();
  });

  for (const withSpans of [false, true]) {
    describe(withSpans ? 'with spans' : 'without spans', () => {
      beforeEach(() => {
        if (withSpans) telemetry.instrumentation.setTracerProvider(tracing.provider);
      });

      for (const call of Object.values(CALLS).flat().filter(isPossible)) {
        it(`is active in the callback of ${call.title}`, async () => {
          const receiver = call.receiver?.(test.connected, test.keys) ?? test.connected;
          const method = Reflect.get(receiver, call.method) as (...args: unknown[]) => unknown;
          const args = call.args(test.keys, test.connected);
          const store = await new Promise<string | undefined>(resolve => {
            const callback = () => {
              resolve(caller.getStore());
            };
            try {
              caller.run('ours', () => method.call(receiver, ...args, callback));
            } catch {
              // The client refuses these arguments at once, and never calls back.
              resolve('ours');
            }
          });
          assert.equal(store, 'ours');
        });
      }

      const KINDS: [kind: string, make: () => Statement][] = [
        ['scan', () => test.connected.scan('test', SET)],
        ['query', () => test.connected.query('test', SET)],
      ];
      for (const [kind, make] of KINDS) {
        const start = () => caller.run('ours', () => make().foreach());

        for (const add of ['on', 'once', 'addListener'] as const) {
          it(`is active in the listeners of a ${kind} that are added with ${add}`, async () => {
            const stream: EventEmitter = start();
            const stores: unknown[] = [];
            stream[add]('data', () => stores.push(caller.getStore()));
            stream[add]('end', () => stores.push(caller.getStore()));
            await once(stream, 'end');
            assert.ok(stores.length >= 2);
            assert.deepEqual(new Set(stores), new Set(['ours']));
          });
        }

        it(`is active in the listeners that foreach of a ${kind} is given`, async () => {
          const stores: unknown[] = [];
          await new Promise<void>((resolve, reject) => {
            caller.run('ours', () =>
              make().foreach(
                null,
                () => stores.push(caller.getStore()),
                reject,
                () => {
                  stores.push(caller.getStore());
                  resolve();
                },
              ),
            );
          });
          assert.ok(stores.length >= 2);
          assert.deepEqual(new Set(stores), new Set(['ours']));
        });

        it(`is active in the 'end' that an abort of a ${kind} from elsewhere causes`, async () => {
          const stream = start();
          const store = new Promise(resolve =>
            stream.on('end', () => {
              resolve(caller.getStore());
            }),
          );
          caller.run('elsewhere', () => {
            stream.abort();
          });
          assert.equal(await store, 'ours');
        });

        it(`reaches no listener of a ${kind} that was removed with the function it was added with`, async () => {
          const stream = start();
          const removed = () => assert.fail('a removed listener was called');
          stream.on('data', removed);
          stream.off('data', removed);
          await once(stream, 'end');
          assert.equal(stream.listenerCount('data'), 0);
        });
      }

      it("is active in the 'error' listener of a query that fails", async () => {
        const query = test.connected.query('test', SET);
        query.where(Aerospike.filter.equal('no-index', 1));
        const stream = caller.run('ours', () => query.foreach());
        const store = await new Promise(resolve =>
          stream.on('error', () => {
            resolve(caller.getStore());
          }),
        );
        assert.equal(store, 'ours');
      });
    });
  }

  it('is that of each caller, where several call at the same time', async () => {
    const stores = await Promise.all(
      ['a', 'b', 'c'].map(
        name =>
          new Promise(resolve => {
            caller.run(name, () => {
              test.connected.get(test.keys.existing, () => {
                resolve(caller.getStore());
              });
            });
          }),
      ),
    );
    assert.deepEqual(stores, ['a', 'b', 'c']);
  });

  it('lets the error that a callback throws become an uncaught exception, as without us', async () => {
    const listeners = process.listeners('uncaughtException');
    process.removeAllListeners('uncaughtException');
    try {
      const uncaught = once(process, 'uncaughtException');
      test.connected.get(test.keys.existing, () => {
        throw new Error('of the callback');
      });
      const [error] = (await uncaught) as [Error];
      assert.equal(error.message, 'of the callback');
    } finally {
      for (const listener of listeners) process.on('uncaughtException', listener);
    }
  });

  it('is let go of by context managers that count asynchronous resources', async () => {
    const program = programPath('destroyed-resources.cjs');
    const { code, stdout, stderr } = await runNode('--expose-gc', program);
    assert.deepEqual([code, stdout, stderr], [0, '100 made, none left\n', '']);
  });
});
