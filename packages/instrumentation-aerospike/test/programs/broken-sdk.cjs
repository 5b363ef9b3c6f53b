// An SDK that somebody else has set up, and that fails.
const { diag, metrics } = require('@opentelemetry/api');

diag.setLogger({ ...console, verbose: console.debug });
metrics.setGlobalMeterProvider({
  getMeter() {
    throw new Error('their meters are out');
  },
});
