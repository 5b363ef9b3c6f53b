// An application that sets up an SDK and this instrumentation at next to no cost. What the SDK has is printed when the
// process ends.
const { AerospikeInstrumentation } = require('opentelemetry-instrumentation-aerospike');
const {
  AerospikeMetricProducer,
  PROMETHEUS_NAME,
} = require('opentelemetry-instrumentation-aerospike/metric-producer');
const { registerSdk } = require('./manual-sdk.cjs');

const metricProducer = new AerospikeMetricProducer({ name: PROMETHEUS_NAME });
registerSdk({ metricProducers: [metricProducer] });
new AerospikeInstrumentation({ metricProducer });

require('./service.cjs');
