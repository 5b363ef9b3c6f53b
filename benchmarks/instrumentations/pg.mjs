import { createRequire } from 'node:module';
import { PgInstrumentation } from '@opentelemetry/instrumentation-pg';
import { metricsSdk, tracingSdk } from '../telemetry.mjs';

const require = createRequire(import.meta.url);
const RESULT = { rows: [{ number: 1, text: 'some text' }], rowCount: 1 };

/**
 * The driver of another database, as a yardstick: what an instrumentation from opentelemetry-js-contrib that records
 * durations and spans adds to its driver, whose query function is replaced by one that answers at once.
 */
export function create({ sdk }) {
  const recorded = sdk ? metricsSdk() : undefined;
  const traced = sdk ? tracingSdk() : undefined;
  const instrumentation = new PgInstrumentation({ enabled: false });
  if (recorded) instrumentation.setMeterProvider(recorded.meterProvider);
  if (traced) instrumentation.setTracerProvider(traced.tracerProvider);
  return {
    /** The driver itself in place of the client. */
    ownDrivers() {
      const bare = stubOf(loadDriverCopy());
      const pg = stubOf(loadDriverCopy());
      for (const definition of instrumentation.getModuleDefinitions()) {
        if (definition.name === 'pg') definition.patch(pg);
      }
      return { bare: operationsOf(bare), instrumented: operationsOf(pg) };
    },
    durations: recorded?.durations,
    spans: traced?.spans,
  };
}

function loadDriverCopy() {
  for (const filename of Object.keys(require.cache)) {
    if (/[\\/]node_modules[\\/]pg[\\/]/.test(filename)) delete require.cache[filename];
  }
  return require('pg');
}

function stubOf(pg) {
  pg.Client.prototype.query = async () => RESULT;
  return pg;
}

function operationsOf({ Client }) {
  const client = new Client({ host: '127.0.0.1', port: 5432, database: 'test', user: 'me' });
  return { get: number => client.query('SELECT number, text FROM users WHERE id = $1', [number]) };
}
