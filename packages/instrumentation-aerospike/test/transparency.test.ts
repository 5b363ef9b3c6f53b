import assert from 'node:assert/strict';
import * as Aerospike from 'aerospike';
import { CALLS, isPossible } from './support/calls';
import { TestClient } from './support/client';
import { call, STYLES } from './support/outcome';
import { Telemetry } from './support/telemetry';
import { followContext, Tracing } from './support/tracing';

for (const withSpans of [false, true]) {
  describe(`an instrumented application ${withSpans ? 'with' : 'without'} spans`, () => {
    const test = new TestClient('transparency');
    const { keys } = test;
    let client: Aerospike.Client;
    let telemetry: Telemetry;
    let tracing: Tracing;

    if (withSpans) followContext();

    before(async () => {
      telemetry = new Telemetry();
      tracing = new Tracing();
      if (withSpans) telemetry.instrumentation.setTracerProvider(tracing.provider);
      telemetry.instrumentation.disable();
      await test.open();
      client = test.connected;
    });

    after(async () => {
      await test.close();
      await telemetry.shutdown();
      await tracing.shutdown();
    });

    beforeEach(() => test.reset());

    afterEach(() => {
      telemetry.instrumentation.disable();
    });

    for (const made of Object.values(CALLS).flat().filter(isPossible)) {
      const { title } = made;
      for (const style of STYLES) {
        it(`gets from ${title} in ${style} style what it gets without us`, async () => {
          const bare = await test.make(made, style);
          await test.reset();
          telemetry.instrumentation.enable();
          assert.deepEqual(await test.make(made, style), bare);
        });

        it(`gets from ${title} on a closed client in ${style} style what it gets without us`, async () => {
          const closed = Aerospike.client({ hosts: test.hosts });
          const bare = await test.make(made, style, closed);
          telemetry.instrumentation.enable();
          assert.deepEqual(await test.make(made, style, closed), bare);
        });
      }
    }

    it('gets a callback with the error alone from a client that is not connected', async () => {
      telemetry.instrumentation.enable();
      const closed = Aerospike.client({ hosts: test.hosts });
      const outcome = await call(closed, 'get', [keys.existing], 'callback');
      assert.equal(outcome.values.length, 1);
      assert.equal(outcome.callbackThis, 'undefined');
    });

    it('gets the very promise that the client made', async () => {
      const promises: unknown[] = [];
      const prototype = Aerospike.Client.prototype as unknown as Record<string, () => unknown>;
      const original = prototype.get as () => unknown;
      prototype.get = function (this: unknown, ...args: []) {
        const promise = original.apply(this, args);
        promises.push(promise);
        return promise;
      };
      try {
        telemetry.instrumentation.enable();
        const promise = client.get(keys.existing);
        assert.equal(promise, promises[0]);
        await promise;
      } finally {
        telemetry.instrumentation.disable();
        prototype.get = original;
      }
    });

    it('sees the same number of parameters, names and identities of methods', () => {
      const describeMethods = () =>
        Object.entries(Object.getOwnPropertyDescriptors(Aerospike.Client.prototype)).map(
          ([name, { value, ...descriptor }]) => {
            const method = value as (...args: unknown[]) => unknown;
            return [name, descriptor, method.name, method.length];
          },
        );
      const bare = describeMethods();
      telemetry.instrumentation.enable();
      assert.deepEqual(describeMethods(), bare);
      assert.equal(Reflect.get(client, 'incr'), Reflect.get(client, 'add'));
    });

    describe('finds', () => {
      const listeners = () => ({
        client: client.eventNames().map(name => [name, client.listenerCount(name)]),
        process: process.eventNames().map(name => [name, process.listenerCount(name)]),
      });

      it('one listener added to its client, for the events of nodes, and none to its process', () => {
        const bare = listeners();
        telemetry.instrumentation.enable();
        assert.deepEqual(listeners(), { ...bare, client: [...bare.client, ['event', 1]] });
      });

      it('no listener added with clientMetrics: false', () => {
        telemetry.instrumentation.setConfig({
          ...telemetry.instrumentation.getConfig(),
          clientMetrics: false,
        });
        const bare = listeners();
        telemetry.instrumentation.enable();
        assert.deepEqual(listeners(), bare);
      });
    });

    it('is not disturbed by a MeterProvider that creates no histogram', async () => {
      telemetry.instrumentation.setMeterProvider({
        getMeter: () =>
          ({
            createHistogram: () => {
              throw new Error('broken');
            },
          }) as never,
      });
      telemetry.instrumentation.enable();
      assert.equal((await client.get(keys.existing)).key.key, 'existing');
    });

    it('is not disturbed by a MeterProvider that throws', async () => {
      telemetry.instrumentation.enable();
      telemetry.instrumentation.setMeterProvider({
        getMeter: () =>
          ({
            createHistogram: () => ({
              record: () => {
                throw new Error('broken');
              },
            }),
          }) as never,
      });
      const record = await client.get(keys.existing);
      assert.equal(record.key.key, 'existing');
    });

    it('is not disturbed by arguments that cannot be read', async () => {
      const hostile = new Proxy(keys.existing, {
        get(target, property, receiver): unknown {
          if (property === 'ns' && new Error().stack?.includes('observer'))
            throw new Error('hostile');
          return Reflect.get(target, property, receiver);
        },
      });
      telemetry.instrumentation.enable();
      const record = await client.get(hostile);
      assert.equal(record.key.key, 'existing');
    });
  });
}
