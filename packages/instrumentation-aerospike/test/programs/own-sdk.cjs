// An SDK that somebody else sets up, which prints what it has when the process ends.
const { metrics } = require('@opentelemetry/api');
const { MeterProvider, MetricReader } = require('@opentelemetry/sdk-metrics');

class ManualReader extends MetricReader {
  async onForceFlush() {}
  async onShutdown() {}
}

const reader = new ManualReader();
metrics.setGlobalMeterProvider(new MeterProvider({ readers: [reader] }));

process.once('beforeExit', async () => {
  const { resourceMetrics } = await reader.collect();
  const names = resourceMetrics.scopeMetrics.flatMap(({ metrics }) =>
    metrics.map(({ descriptor, dataPoints }) => `${descriptor.name} ${dataPoints[0].value.count}`),
  );
  console.log(`their SDK: ${names.join()}`);
});
