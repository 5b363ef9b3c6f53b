// Counts the asynchronous resources of this package that are made and destroyed, as context managers built on
// async_hooks do to let go of what they keep for each. To be run with --expose-gc.
const { createHook } = require('node:async_hooks');
const { setImmediate } = require('node:timers/promises');

const alive = new Set();
let made = 0;
createHook({
  init(id, type) {
    if (type !== 'Aerospike') return;
    alive.add(id);
    made++;
  },
  destroy: id => alive.delete(id),
}).enable();

const Aerospike = require('aerospike');
const { AerospikeInstrumentation } = require('opentelemetry-instrumentation-aerospike');
const { MeterProvider } = require('@opentelemetry/sdk-metrics');

new AerospikeInstrumentation().setMeterProvider(new MeterProvider());
const client = Aerospike.client({ hosts: 'aero.example:3000' });
const get = () =>
  new Promise(resolve => client.get(new Aerospike.Key('test', 'users', 'k'), resolve));

(async () => {
  for (let n = 0; n < 100; n++) await get();
  // The last operation may still be on the stack.
  for (let round = 0; round < 100 && alive.size > 1; round++) {
    global.gc();
    await setImmediate();
  }
  console.log(`${made} made, ${alive.size > 1 ? alive.size : 'none'} left`);
})();
