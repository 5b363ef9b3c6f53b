// An SDK for metrics that is read by hand.
const { metrics } = require('@opentelemetry/api');
const { MeterProvider, MetricReader } = require('@opentelemetry/sdk-metrics');

class ManualReader extends MetricReader {
  async onForceFlush() {}
  async onShutdown() {}
}

/** Sets up the SDK of the process, which prints what it has when the process ends. */
function registerSdk(readerOptions) {
  const reader = new ManualReader(readerOptions);
  metrics.setGlobalMeterProvider(new MeterProvider({ readers: [reader] }));
  process.once('beforeExit', async () => {
    const { resourceMetrics } = await reader.collect();
    const names = resourceMetrics.scopeMetrics.flatMap(scope =>
      scope.metrics.map(
        ({ descriptor, dataPoints }) => `${descriptor.name} ${dataPoints[0].value.count}`,
      ),
    );
    console.log(`their SDK: ${names.join()}`);
  });
}

module.exports = { ManualReader, registerSdk };
