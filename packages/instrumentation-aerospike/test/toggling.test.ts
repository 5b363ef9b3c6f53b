import assert from 'node:assert/strict';
import * as Aerospike from 'aerospike';
import { TestClient } from './support/client';
import { Telemetry } from './support/telemetry';

const STEPS = 600;
const SEED = 7;

/** Numbers from 0 to below 1 that look like chance and are always the same. */
function* numbers(seed: number): Generator<number, never> {
  for (let state = seed; ;) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}

describe('instrumentations that are enabled and disabled in any order, with calls in flight', () => {
  const test = new TestClient('toggling');
  const prototype = Aerospike.Client.prototype;
  const bare = Object.getOwnPropertyDescriptors(prototype);

  before(() => test.open());
  after(() => test.close());
  afterEach(() => {
    const left = Object.getOwnPropertyDescriptors(prototype);
    assert.deepEqual(left, bare, 'all are disabled, and the client is as it was');
  });

  it('measure each call that was made while they were enabled, once, and no other', async () => {
    await test.reset();
    const { connected: client, keys } = test;
    const closed = Aerospike.client({ hosts: test.hosts });
    const chance = numbers(SEED);
    const choose = (count: number) => Math.floor(chance.next().value * count);

    const first = new Telemetry();
    const all = [first, new Telemetry(), new Telemetry()];
    const expected = all.map(() => 0);
    const inFlight: Promise<unknown>[] = [];

    const calls: readonly (() => Promise<unknown>)[] = [
      () => client.get(keys.existing),
      () => client.get(keys.missing),
      () => client.append(keys.existing, { s: '.' }),
      () => client.batchGet([keys.existing, keys.missing]),
      () => client.scan('test', test.set).results(),
      () => closed.get(keys.existing),
      () =>
        new Promise(resolve => {
          client.exists(keys.missing, resolve);
        }),
    ];

    for (let step = 0; step < STEPS; step++) {
      const which = choose(all.length);
      const { instrumentation } = all[which] ?? first;
      switch (choose(8)) {
        case 0:
          instrumentation.enable();
          break;
        case 1:
          instrumentation.disable();
          break;
        case 2:
          instrumentation.instrumentModule(Aerospike);
          break;
        case 3:
          await inFlight.at(choose(inFlight.length));
          break;
        default:
          all.forEach((each, index) => {
            if (each.instrumentation.isEnabled()) expected[index] = (expected[index] ?? 0) + 1;
          });
          inFlight.push(
            calls[choose(calls.length)]?.().catch(() => undefined) ?? Promise.resolve(),
          );
      }
    }
    await Promise.all(inFlight);

    const counted = await Promise.all(all.map(telemetry => telemetry.counts()));
    assert.deepEqual(
      counted.map(counts => counts.reduce((sum, [, count]) => sum + count, 0)),
      expected,
    );
    for (const telemetry of all) await telemetry.shutdown();
  });
});
