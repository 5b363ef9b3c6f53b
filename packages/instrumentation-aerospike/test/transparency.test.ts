import assert from 'node:assert/strict';
import * as Aerospike from 'aerospike';
import { INVALID_CALLS, SINGLE_RECORD_CALLS, type Keys } from './support/calls';
import { call, STYLES, type Outcome, type Style } from './support/outcome';
import { connect, startServer, type TestServer } from './support/server';
import { Telemetry } from './support/telemetry';

const SET = 'transparency';

describe('an instrumented application', () => {
  const keys: Keys = {
    existing: new Aerospike.Key('test', SET, 'existing'),
    missing: new Aerospike.Key('test', SET, 'missing'),
  };
  let server: TestServer;
  let client: Aerospike.Client;
  let telemetry: Telemetry;

  before(async () => {
    telemetry = new Telemetry();
    telemetry.instrumentation.disable();
    server = await startServer();
    client = await connect(server);
  });

  after(async () => {
    client.close();
    await server.stop();
    await telemetry.shutdown();
  });

  afterEach(() => {
    telemetry.instrumentation.disable();
  });

  /** The same record before every call, so that generations are the same too. */
  async function outcomeOf(method: string, args: unknown[], style: Style): Promise<Outcome> {
    if (await client.exists(keys.existing)) await client.remove(keys.existing);
    await client.put(keys.existing, { n: 1, s: 'text' });
    return call(client, method, args, style);
  }

  for (const { title, method, args } of [...SINGLE_RECORD_CALLS, ...INVALID_CALLS]) {
    for (const style of STYLES) {
      it(`gets from ${title} in ${style} style what it gets without us`, async () => {
        const bare = await outcomeOf(method, args(keys), style);
        telemetry.instrumentation.enable();
        const instrumented = await outcomeOf(method, args(keys), style);
        assert.deepEqual(instrumented, bare);
      });
    }
  }

  for (const { title, method, args } of SINGLE_RECORD_CALLS) {
    for (const style of STYLES) {
      it(`gets from ${title} on a closed client in ${style} style what it gets without us`, async () => {
        const closed = Aerospike.client({ hosts: server.hosts });
        const bare = await call(closed, method, args(keys), style);
        telemetry.instrumentation.enable();
        const instrumented = await call(closed, method, args(keys), style);
        assert.deepEqual(instrumented, bare);
      });
    }
  }

  it('gets a callback with the error alone from a client that is not connected', async () => {
    telemetry.instrumentation.enable();
    const closed = Aerospike.client({ hosts: server.hosts });
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

  it('finds no listener added to its client or its process', () => {
    const listeners = () => ({
      client: client.eventNames().map(name => [name, client.listenerCount(name)]),
      process: process.eventNames().map(name => [name, process.listenerCount(name)]),
    });
    const bare = listeners();
    telemetry.instrumentation.enable();
    assert.deepEqual(listeners(), bare);
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
