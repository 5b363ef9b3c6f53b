import { createRequire } from 'node:module';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';

/** The channel on which the tracer's part that knows the client tells the plugin that a command starts. */
const STARTED = 'tracing:apm:aerospike:command:start';

/** Datadog's tracer with its own aerospike plugin, and no agent to send to. It hooks what the process loads from now on. */
export function create() {
  process.env.DD_INSTRUMENTATION_TELEMETRY_ENABLED = 'false';
  process.env.DD_REMOTE_CONFIGURATION_ENABLED = 'false';
  createRequire(import.meta.url)('dd-trace').init({ startupLogs: false });
  let spans = 0;
  const count = () => {
    spans++;
  };
  subscribe(STARTED, count);
  return {
    instrument: () => undefined,
    spans: () => spans,
    endVerification() {
      unsubscribe(STARTED, count);
    },
  };
}
