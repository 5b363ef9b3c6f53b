import assert from 'node:assert/strict';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { AlwaysOffSampler, type ReadableSpan, type Sampler } from '@opentelemetry/sdk-trace';
import * as Aerospike from 'aerospike';
import { AerospikeInstrumentation } from '../src';
import { AerospikePrometheusExporter } from '../src/prometheus';
import { Tracing } from './support/tracing';

describe('exemplars', () => {
  const instrumentations: AerospikeInstrumentation[] = [];
  let exporter: AerospikePrometheusExporter;
  let meterProvider: MeterProvider;
  let tracing: Tracing;

  beforeEach(() => {
    exporter = new AerospikePrometheusExporter({ preventServerStart: true });
    meterProvider = new MeterProvider({ readers: [exporter] });
  });
  afterEach(async () => {
    for (const instrumentation of instrumentations.splice(0)) instrumentation.disable();
    await meterProvider.shutdown();
    await tracing.shutdown();
  });

  function trace(sampler?: Sampler): void {
    tracing = new Tracing(sampler === undefined ? {} : { sampler });
  }

  function instrument(config: { tracing: boolean; isMeasured: boolean }): void {
    const instrumentation = new AerospikeInstrumentation({
      enabled: false,
      tracing: config.tracing,
      ...(config.isMeasured && { metricProducer: exporter.metricProducer }),
    });
    instrumentations.push(instrumentation);
    instrumentation.setTracerProvider(tracing.provider);
    instrumentation.enable();
  }

  /** An operation that fails at once. */
  async function operate(): Promise<void> {
    const client = Aerospike.client({ hosts: 'aero.example:3000' });
    await assert.rejects(client.get(new Aerospike.Key('test', 'users', 'k')));
  }

  async function written(): Promise<string[]> {
    const text = await exporter.text('openmetrics');
    return Array.from(
      text.matchAll(/le="([^"]+)"\} \d+ (# .*)/g),
      ([, , exemplar = '']) => exemplar,
    );
  }

  function exemplarOf(span: ReadableSpan | undefined): RegExp {
    assert(span);
    const { traceId, spanId } = span.spanContext();
    return new RegExp(
      `^# \\{trace_id="${traceId}",span_id="${spanId}"\\} \\d+\\.\\d{9} \\d{10}\\.\\d{3}$`,
    );
  }

  it('are the last sampled operation of a bucket', async () => {
    trace();
    instrument({ tracing: true, isMeasured: true });
    await operate();
    await operate();
    const exemplars = await written();
    const last = exemplarOf(tracing.operations.at(-1));
    assert(exemplars.some(exemplar => last.test(exemplar)));
    assert(exemplars.length <= 2);
  });

  it('have the value that was recorded, and the time of its end', async () => {
    trace();
    instrument({ tracing: true, isMeasured: true });
    const before = Date.now();
    await operate();
    const [point] = [...exporter.metricProducer.storage.histograms.values()].flatMap(
      ({ points }) => [...points],
    );
    const [exemplar] = (point?.exemplars ?? []).filter(each => each !== undefined);
    assert(exemplar);
    assert.equal(exemplar.value, point?.sum);
    assert(exemplar.time >= before && exemplar.time <= Date.now());
  });

  it('are kept of a span that another instrumentation has made', async () => {
    trace();
    instrument({ tracing: true, isMeasured: false });
    instrument({ tracing: false, isMeasured: true });
    await operate();
    const [exemplar = ''] = await written();
    assert.match(exemplar, exemplarOf(tracing.operations[0]));
  });

  it('are not kept of a span that is not sampled', async () => {
    trace(new AlwaysOffSampler());
    instrument({ tracing: true, isMeasured: true });
    await operate();
    assert.deepEqual(await written(), []);
  });

  it('are not kept where there is no span', async () => {
    trace();
    instrument({ tracing: false, isMeasured: true });
    await operate();
    assert.deepEqual(await written(), []);
  });

  it('are not in the text format', async () => {
    trace();
    instrument({ tracing: true, isMeasured: true });
    await operate();
    assert.equal((await written()).length, 1);
    assert.doesNotMatch(await exporter.text(), /trace_id/);
  });
});
