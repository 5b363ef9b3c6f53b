// Sets up metrics and tracing of this process, and prints what was measured as JSON when it ends.
const { MeterProvider } = require('@opentelemetry/sdk-metrics');
const { TracerProvider } = require('@opentelemetry/sdk-trace');
const { AerospikeInstrumentation } = require('opentelemetry-instrumentation-aerospike');
const { ManualReader } = require('./manual-sdk.cjs');

const reader = new ManualReader();
const instrumentation = (exports.instrumentation = new AerospikeInstrumentation());
instrumentation.setMeterProvider(new MeterProvider({ readers: [reader] }));
instrumentation.setTracerProvider(new TracerProvider());

process.once('beforeExit', async () => {
  const { resourceMetrics } = await reader.collect();
  const points = resourceMetrics.scopeMetrics
    .flatMap(({ metrics }) => metrics)
    .filter(({ descriptor }) => descriptor.name === 'db.client.operation.duration')
    .flatMap(({ dataPoints }) => dataPoints)
    .map(({ attributes, value }) => {
      const failure = attributes['error.type'];
      return [attributes['db.operation.name'], value.count, ...(failure ? [failure] : [])];
    });
  console.log(JSON.stringify(points));
});
