// From a metric to a trace: the newest of the exemplars that the buckets have, and the trace that it is part of.
import { setTimeout } from 'node:timers/promises';

const { OTEL_EXPORTER_PROMETHEUS_PORT = 9464, RECEIVER_PORT = 4318 } = process.env;

const metrics = await read(`http://localhost:${OTEL_EXPORTER_PROMETHEUS_PORT}/metrics`, {
  accept: 'application/openmetrics-text;version=1.0.0',
});
const exemplars = Array.from(
  metrics.matchAll(/db_operation_name="(\w+)".*le="(.+?)"} (.*# \{trace_id="(\w+)".*} \S+ (\S+))/g),
  ([, operation, le, text, traceId, time]) => ({ operation, le, text, traceId, time }),
);
const [newest] = exemplars.sort((one, other) => other.time - one.time);
if (newest === undefined) {
  console.log('no operation has been traced yet');
} else {
  const { operation, le, text, traceId } = newest;
  console.log(`${operation}, up to ${le} s: ${text}\n`);
  process.stdout.write(await traceOf(traceId));
}

/** Spans are exported some time after they have ended. */
async function traceOf(traceId) {
  for (let tries = 0; tries < 50; tries++) {
    const text = await read(`http://localhost:${RECEIVER_PORT}/${traceId}`);
    if (text !== '') return text;
    await setTimeout(100);
  }
  return 'its trace has not been exported\n';
}

async function read(url, headers) {
  return (await fetch(url, { headers })).text();
}
