// Loaded into a program before everything else: measures its event loop, once it has a MeterProvider.
import { metrics } from '@opentelemetry/api';
import { RuntimeNodeInstrumentation } from '@opentelemetry/instrumentation-runtime-node';

const INTERVAL_MS = 10;

const nobody = metrics.getMeterProvider();
const timer = setInterval(() => {
  const provider = metrics.getMeterProvider();
  if (provider === nobody) return;
  clearInterval(timer);
  new RuntimeNodeInstrumentation().setMeterProvider(provider);
}, INTERVAL_MS);
timer.unref();
