import assert from 'node:assert/strict';
import { AsyncLocalStorage } from 'node:async_hooks';
import { once } from 'node:events';
import { registerInstrumentations } from '@opentelemetry/instrumentation';
import Aerospike from 'aerospike';
import { AerospikeInstrumentation } from 'opentelemetry-instrumentation-aerospike';
import { AerospikeMetricProducer } from 'opentelemetry-instrumentation-aerospike/metric-producer';

const metricProducer = new AerospikeMetricProducer();
const instrumentation = new AerospikeInstrumentation({ metricProducer });
registerInstrumentations({ instrumentations: [instrumentation] });

const requestId = new AsyncLocalStorage();
const client = await Aerospike.connect(); // to AEROSPIKE_HOSTS
const key = new Aerospike.Key('test', 'users', 'ada');
await client.put(key, { name: 'Ada' });

/** What the lines of the application print in the context of a request. */
async function printed() {
  const lines = [];
  const both = new Promise(resolve => {
    console.log = line => lines.push(line) === 2 && resolve();
  });
  await requestId.run('17', async () => {
    client.get(key, () => {
      console.log(requestId.getStore()); // as it is here; with the client alone undefined
    });

    const stream = client.scan('test', 'users').foreach();
    stream.on('data', () => console.log(requestId.getStore())); // the same
    await Promise.all([both, once(stream, 'end')]);
  });
  return lines;
}

assert.deepEqual(await printed(), ['17', '17']);
instrumentation.disable();
assert.deepEqual(await printed(), [undefined, undefined]);
client.close();
