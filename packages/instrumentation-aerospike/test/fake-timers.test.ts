import assert from 'node:assert/strict';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import * as Aerospike from 'aerospike';
import { AerospikeInstrumentation } from '../src';
import { OpenMetricsWriter } from '../src/exposition/openmetrics';
import { ProtobufWriter } from '../src/exposition/protobuf';
import { TextWriter } from '../src/exposition/text';
import { hrTimeOf } from '../src/hr-time';
import { Worker } from '../src/processes/worker';
import { AerospikePrometheusExporter } from '../src/prometheus';
import { AerospikeMetricProducer } from '../src/sdk';
import { METRICS } from '../src/series/metrics';
import { COUNTER, WRITE_OPTIONS } from './support/families';
import { decodeFamilies } from './support/prometheus-protobuf';
import { Tracing } from './support/tracing';

describe('fake timers in the tests of an application', () => {
  const realNow = Date.now;
  const realPerformanceNow = performance.now.bind(performance);
  let start: number;

  beforeEach(() => {
    start = realNow();
    Date.now = () => 0;
    performance.now = () => 0;
  });

  afterEach(restore);

  function restore(): void {
    Date.now = realNow;
    performance.now = realPerformanceNow;
  }

  function assertRecent(time: number, what: string): void {
    assert.ok(time >= start && time <= realNow(), `${what}: ${time}`);
  }

  it('leave the times of spans and of exemplars alone', async () => {
    const exporter = new AerospikePrometheusExporter({ preventServerStart: true });
    const meterProvider = new MeterProvider({ readers: [exporter] });
    const instrumentation = new AerospikeInstrumentation({
      metricProducer: exporter.metricProducer,
    });
    const tracing = new Tracing();
    try {
      instrumentation.setTracerProvider(tracing.provider);
      const client = Aerospike.client({ hosts: 'aero.example:3000' });
      await assert.rejects(client.get(new Aerospike.Key('test', 'users', 'k')));
      const [span = assert.fail()] = tracing.operations;
      assert.ok(span.startTime[0] >= hrTimeOf(start)[0]);
      const { points = [] } =
        exporter.metricProducer.storage.histograms.get(METRICS.operationDuration) ?? {};
      const exemplars = Array.from(points, ({ exemplars = [] }) => exemplars).flat();
      const [exemplar = assert.fail()] = exemplars.filter(each => each !== undefined);
      assertRecent(exemplar.time, 'exemplar');
    } finally {
      instrumentation.disable();
      await meterProvider.shutdown();
      await tracing.shutdown();
    }
  });

  it('leave the times of a metric producer alone', async () => {
    const producer = new AerospikeMetricProducer();
    producer.series(METRICS.operationDuration, {}).record(1);
    producer.observe([METRICS.nodeErrors], report => {
      report(METRICS.nodeErrors, 1, {});
    });
    const { scopeMetrics } = (await producer.collect()).resourceMetrics;
    const metrics = scopeMetrics.flatMap(({ metrics }) => metrics);
    assert.equal(metrics.length, 2);
    for (const { dataPoints } of metrics) {
      const [{ startTime, endTime } = assert.fail()] = dataPoints;
      for (const time of [startTime, endTime]) assert.ok(time[0] >= hrTimeOf(start)[0]);
    }
  });

  it('leave the times in a scrape alone', () => {
    const options = { ...WRITE_OPTIONS, hasTimestamps: true };
    const text = [...new TextWriter(options).write([COUNTER])].join('');
    assertRecent(Number(/ (\d+)\n/.exec(text.replace(/^#.*\n/gm, ''))?.[1]), 'text');
    const parts = new OpenMetricsWriter(options).write([COUNTER], undefined);
    const openMetrics = [...parts].join('');
    assertRecent(1000 * Number(/ ([\d.]+)\n$/.exec(openMetrics)?.[1]), 'OpenMetrics');
    const protobuf = [...new ProtobufWriter(options).write([COUNTER], undefined)];
    const [family] = decodeFamilies(Buffer.concat(protobuf));
    assertRecent(family?.metric[0]?.timestampMs ?? NaN, 'protobuf');
  });

  it('do not have a worker look for its primary for ever', async () => {
    const source = { histograms: new Map(), numbers: () => new Map() };
    assert.equal(await new Worker(source).findPrimary(), false);
  });
});
