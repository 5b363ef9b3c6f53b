import assert from 'node:assert/strict';
import { registerInstrumentations } from '@opentelemetry/instrumentation';
import Aerospike from 'aerospike';
import { AerospikeInstrumentation } from 'opentelemetry-instrumentation-aerospike';
import { spans, tracerProvider } from './support/spans.mjs';

const instrumentation = new AerospikeInstrumentation({
  requestHook: (span, { operation, args }) => {
    if (operation === 'query') span.setAttribute('app.time_limit', args[0]?.totalTimeout ?? 0);
  },
  returnedRows: true,
  responseHook: (span, { returnedRows = 0 }) => {
    if (returnedRows > 1000) span.addEvent('many rows');
  },
});

registerInstrumentations({ tracerProvider, instrumentations: [instrumentation] });
const client = await Aerospike.connect(); // to AEROSPIKE_HOSTS
for (let id = 0; id <= 1000; id++) {
  await client.put(new Aerospike.Key('test', 'documentation-hooks', id), { id });
}
const rows = await client.query('test', 'documentation-hooks').results({ totalTimeout: 5000 });
client.close();

assert.equal(rows.length, 1001);
const span = spans().find(({ name }) => name === 'query documentation-hooks');
assert.equal(span.attributes['app.time_limit'], 5000);
assert.deepEqual(
  span.events.map(({ name }) => name),
  ['many rows'],
);
