// Traces that an application sets up itself, this instrumentation included. How many spans there were is printed when
// the process ends.
const { trace } = require('@opentelemetry/api');
const { registerInstrumentations } = require('@opentelemetry/instrumentation');
const {
  InMemorySpanExporter,
  SimpleSpanProcessor,
  TracerProvider,
} = require('@opentelemetry/sdk-trace');
const { AerospikeInstrumentation } = require('opentelemetry-instrumentation-aerospike');

const exporter = new InMemorySpanExporter();
const spanProcessors = [new SimpleSpanProcessor({ exporter })];
trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors }));
registerInstrumentations({ instrumentations: [new AerospikeInstrumentation()] });

process.once('beforeExit', () => console.log(`spans: ${exporter.getFinishedSpans().length}`));
