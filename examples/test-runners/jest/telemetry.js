const { MeterProvider } = require('@opentelemetry/sdk-metrics');
const Aerospike = require('aerospike');
const { AerospikeInstrumentation } = require('opentelemetry-instrumentation-aerospike');

exports.measure = reader => {
  const instrumentation = new AerospikeInstrumentation();
  instrumentation.setMeterProvider(new MeterProvider({ readers: [reader] }));
  // No hook sees how Jest loads modules.
  instrumentation.instrumentModule(Aerospike);
  return instrumentation;
};
