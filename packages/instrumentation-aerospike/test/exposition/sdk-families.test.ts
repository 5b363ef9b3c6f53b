import assert from 'node:assert/strict';
import { diag, DiagLogLevel, type Meter } from '@opentelemetry/api';
import { PrometheusSerializer } from '@opentelemetry/exporter-prometheus';
import { AggregationType, MeterProvider, type ResourceMetrics } from '@opentelemetry/sdk-metrics';
import { OpenMetricsWriter } from '../../src/exposition/openmetrics';
import { ProtobufWriter } from '../../src/exposition/protobuf';
import { familiesOf } from '../../src/exposition/sdk-families';
import { WRITE_OPTIONS } from '../support/families';
import { ManualReader } from '../support/manual-reader';
import { decodeFamilies, nativeBuckets } from '../support/prometheus-protobuf';

describe('what a MeterProvider has collected', () => {
  let reader: ManualReader;
  let provider: MeterProvider;
  let meter: Meter;

  beforeEach(() => {
    reader = new ManualReader();
    provider = new MeterProvider({
      readers: [reader],
      views: [
        {
          instrumentName: 'exponential',
          aggregation: { type: AggregationType.EXPONENTIAL_HISTOGRAM },
        },
      ],
    });
    meter = provider.getMeter('scope', '1.0');
  });
  afterEach(async () => {
    diag.disable();
    await provider.shutdown();
  });

  async function collected(): Promise<ResourceMetrics> {
    return (await reader.collect()).resourceMetrics;
  }

  async function text(): Promise<string> {
    return [
      ...new OpenMetricsWriter(WRITE_OPTIONS).write(familiesOf(await collected()), undefined),
    ].join('');
  }

  it('has in OpenMetrics the samples of OpenTelemetry’s text format, by the same names', async () => {
    meter.createCounter('http.requests', { unit: '{request}' }).add(3, { 'http.method': 'GET' });
    meter.createCounter('bytes_total').add(5);
    meter.createUpDownCounter('queue-length', { description: 'A "queue".' }).add(-2, { a: true });
    meter.createGauge('temperature.1st').record(1.5, { list: ['a', 'b'] });
    meter.createHistogram('rows', { advice: { explicitBucketBoundaries: [1, 10] } }).record(4);
    const stock = new PrometheusSerializer(undefined, false, undefined, true);
    const samples = (all: string): string[] =>
      all.split('\n').filter(line => line !== '' && !line.startsWith('#'));
    const ours = [
      ...new OpenMetricsWriter(WRITE_OPTIONS).write(familiesOf(await collected()), undefined),
    ].join('');
    const theirs = stock.serialize(await collected());
    assert.equal(samples(ours).length, 9);
    assert.deepEqual(samples(ours).toSorted(), samples(theirs).toSorted());
  });

  it('has counters without _total in their description alone', async () => {
    meter.createCounter('bytes_total', { description: 'Bytes.' }).add(5);
    assert.equal(
      await text(),
      `# TYPE bytes counter
# HELP bytes Bytes.
bytes_total{otel_scope_name="scope",otel_scope_version="1.0"} 5
`,
    );
  });

  it('has exponential histograms as native ones', async () => {
    const histogram = meter.createHistogram('exponential');
    for (const value of [0, 1, 1, 2]) histogram.record(value);
    const [family] = [
      ...new ProtobufWriter(WRITE_OPTIONS).write(familiesOf(await collected()), undefined),
    ].flatMap(decodeFamilies);
    const decoded = family?.metric[0]?.histogram;
    assert(decoded);
    assert.deepEqual([decoded.sampleCount, decoded.zeroCount, decoded.schema], [4, 1, 7]);
    assert.deepEqual(
      nativeBuckets(decoded),
      new Map([
        [0, 2],
        [128, 1],
      ]),
    );
  });

  it('has no finer native histogram than Prometheus takes', async () => {
    meter.createHistogram('exponential').record(1.01);
    const [family] = [
      ...new ProtobufWriter(WRITE_OPTIONS).write(familiesOf(await collected()), undefined),
    ].flatMap(decodeFamilies);
    const decoded = family?.metric[0]?.histogram;
    assert(decoded);
    assert.equal(decoded.schema, 8);
    assert.deepEqual(nativeBuckets(decoded), new Map([[Math.ceil(Math.log2(1.01) * 256), 1]]));
  });

  it('has count and sum of exponential histograms in OpenMetrics', async () => {
    meter.createHistogram('exponential').record(2);
    assert.deepEqual((await text()).match(/^exponential.*/gm), [
      'exponential_bucket{otel_scope_name="scope",otel_scope_version="1.0",le="+Inf"} 1',
      'exponential_count{otel_scope_name="scope",otel_scope_version="1.0"} 1',
      'exponential_sum{otel_scope_name="scope",otel_scope_version="1.0"} 2',
    ]);
  });

  it('is written as one where two scopes have a metric of the same name', async () => {
    const other = provider.getMeter('other');
    meter.createCounter('requests').add(1);
    meter.createCounter('between').add(1);
    other.createCounter('requests').add(2);
    assert.deepEqual((await text()).match(/^(# TYPE.*|.*_total.*)/gm), [
      '# TYPE requests counter',
      'requests_total{otel_scope_name="scope",otel_scope_version="1.0"} 1',
      'requests_total{otel_scope_name="other"} 2',
      '# TYPE between counter',
      'between_total{otel_scope_name="scope",otel_scope_version="1.0"} 1',
    ]);
  });

  it('is left out, with one warning, where two scopes disagree about the type', async () => {
    const warnings: string[] = [];
    const ignore = (): void => undefined;
    const warn = (message: string): void => void warnings.push(message);
    diag.setLogger(
      { verbose: ignore, debug: ignore, info: ignore, warn, error: ignore },
      { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
    );
    meter.createGauge('disagreed').record(1);
    provider.getMeter('other').createHistogram('disagreed').record(2);
    await text();
    assert.deepEqual((await text()).match(/^(# TYPE.*|disagreed.*)/gm), [
      '# TYPE disagreed gauge',
      'disagreed{otel_scope_name="scope",otel_scope_version="1.0"} 1',
    ]);
    assert.deepEqual(warnings, [
      'opentelemetry-instrumentation-aerospike: disagreed of other is left out: another scope has a gauge of that name',
    ]);
  });

  it('has no label twice, whatever the attributes are called', async () => {
    meter
      .createHistogram('h', { advice: { explicitBucketBoundaries: [] } })
      .record(1, { le: 'x', 'a.b': '1', 'a-b': '2', '1': 'y', '': 'z', 'otel.scope.name': 's' });
    const line = /^h_bucket\{(.*)\}/m.exec(await text())?.[1] ?? '';
    assert.deepEqual(line.split(',').toSorted(), [
      '_1="y"',
      'a_b="2;1"',
      'exported_le="x"',
      'exported_otel_scope_name="s"',
      'le="+Inf"',
      'otel_scope_name="scope"',
      'otel_scope_version="1.0"',
    ]);
  });
});
