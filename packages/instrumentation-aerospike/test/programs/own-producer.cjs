// An application that sets up an SDK and this instrumentation at next to no cost. What is exported is printed when the
// process ends.
const { metrics } = require('@opentelemetry/api');
const { MeterProvider, MetricReader } = require('@opentelemetry/sdk-metrics');
const { AerospikeInstrumentation } = require('opentelemetry-instrumentation-aerospike');
const {
  AerospikeMetricProducer,
  PROMETHEUS_NAME,
} = require('opentelemetry-instrumentation-aerospike/metric-producer');

class ManualReader extends MetricReader {
  async onForceFlush() {}
  async onShutdown() {}
}

const metricProducer = new AerospikeMetricProducer({ name: PROMETHEUS_NAME });
const reader = new ManualReader({ metricProducers: [metricProducer] });
metrics.setGlobalMeterProvider(new MeterProvider({ readers: [reader] }));
new AerospikeInstrumentation({ metricProducer });

process.once('beforeExit', async () => {
  const { resourceMetrics } = await reader.collect();
  for (const { metrics: exported } of resourceMetrics.scopeMetrics) {
    for (const { descriptor, dataPoints } of exported) {
      console.log(`exported: ${descriptor.name} ${dataPoints[0].value.count}`);
    }
  }
});

require('./service.cjs');
