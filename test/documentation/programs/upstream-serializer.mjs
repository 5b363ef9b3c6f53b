/** What was found in OpenTelemetry's serializer for Prometheus: `docs/upstream.md` shows it. */
import assert from 'node:assert/strict';
import { PrometheusSerializer } from '@opentelemetry/exporter-prometheus';
import { MeterProvider, MetricReader } from '@opentelemetry/sdk-metrics';

class Reader extends MetricReader {
  onForceFlush() {}
  onShutdown() {}
}

function start() {
  const reader = new Reader();
  const meter = new MeterProvider({ readers: [reader] }).getMeter('reproduction');
  return { reader, histogram: meter.createHistogram('duration', { unit: 's' }) };
}

async function scrape(reader) {
  const { resourceMetrics } = await reader.collect();
  const start = performance.now();
  const text = new PrometheusSerializer().serialize(resourceMetrics);
  return { text, ms: performance.now() - start };
}

async function unit() {
  const { reader, histogram } = start();
  histogram.record(0.25, { route: '/' });
  const { text } = await scrape(reader);
  assert.match(text, /^duration_count\{/m);
  assert.doesNotMatch(text, /duration_seconds/);
}

async function labels() {
  const { reader, histogram } = start();
  histogram.record(0.25, { 'user.id': 'a', user_id: 'b' });
  histogram.record(0.25, { '2nd': 'c' });
  const { text } = await scrape(reader);
  assert.match(text, /^duration_count\{user_id="a",user_id="b"/m);
  assert.match(text, /^duration_count\{2nd="c"/m);
}

async function cost() {
  const { reader, histogram } = start();
  for (let series = 0; series < 450; series++) {
    histogram.record(0.25, { operation: 'get', set: `set-${series}`, namespace: 'test' });
  }
  await scrape(reader);
  const { text, ms } = await scrape(reader);
  console.log(`${text.length} characters, ${ms.toFixed(1)} ms`);
}

await unit();
await labels();
await cost();
