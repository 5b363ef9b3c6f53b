import assert from 'node:assert/strict';
import { diag, DiagLogLevel, ValueType, type Attributes } from '@opentelemetry/api';
import { PrometheusSerializer } from '@opentelemetry/exporter-prometheus';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  AggregationTemporality,
  AggregationType,
  DataPointType,
  MeterProvider,
  type MeterProviderOptions,
  type ScopeMetrics,
} from '@opentelemetry/sdk-metrics';
import {
  AerospikePrometheusExporter,
  type AerospikePrometheusExporterOptions,
} from '../src/prometheus';
import { METRICS } from '../src/series/metrics';
import { PACKAGE_NAME, PACKAGE_VERSION } from '../src/version';

type Options = Pick<
  AerospikePrometheusExporterOptions,
  | 'prefix'
  | 'appendTimestamp'
  | 'withResourceConstantLabels'
  | 'withoutTargetInfo'
  | 'withoutScopeInfo'
>;

/** What needs care in a label. */
const ATTRIBUTES: readonly Attributes[] = [
  {},
  { plain: 'value' },
  { 'a.b-c': 'x', __d: 'y', 'd..e': 'z' },
  { quote: '"', backslash: '\\', newline: 'a\nb', all: '\\"\n,}{', ünïcode: 'schön ☕' },
  { lines: 'a\rb\u2028c\u2029d\u0085e', 'li\rne': 'x' },
  { number: 1.5, flag: true, list: ['a', 'b"'], empty: '', no: undefined },
  Object.freeze({ frozen: 'value', number: 5 }),
  Object.freeze({ frozen: ['a list can change'] }),
];

/** What the stock serializer makes labels of that Prometheus does not take. Ours has no such attributes. */
const REFUSED: readonly (readonly [attributes: Attributes, labels: string])[] = [
  [{ 'a.b': 'x', a_b: 'y', c: 'z' }, 'a_b="x;y",c="z"'],
  [{ '1': 'number first' }, '_1="number first"'],
  [
    { le: 'of a histogram', 'otel.scope.name': 's' },
    'exported_le="of a histogram",exported_otel_scope_name="s"',
  ],
];

/** The duration as it is before the first operation. */
const NOTHING_MEASURED: ScopeMetrics = {
  scope: { name: PACKAGE_NAME, version: PACKAGE_VERSION },
  metrics: [
    {
      descriptor: {
        name: METRICS.operationDuration.prometheusName,
        description: METRICS.operationDuration.description,
        unit: METRICS.operationDuration.unit,
        valueType: ValueType.DOUBLE,
      },
      dataPointType: DataPointType.HISTOGRAM,
      aggregationTemporality: AggregationTemporality.CUMULATIVE,
      dataPoints: [],
    },
  ],
};

/** A meter provider, whose exporter serves our metrics too. */
class Application {
  readonly exporter: AerospikePrometheusExporter;
  readonly meterProvider: MeterProvider;

  constructor(
    private readonly options: Options = {},
    provider: MeterProviderOptions = {},
  ) {
    this.exporter = new AerospikePrometheusExporter({ ...options, preventServerStart: true });
    const resource = resourceFromAttributes({
      'service.name': 'a "shop"',
      'host.name': 'h\\1',
    });
    this.meterProvider = new MeterProvider({ resource, ...provider, readers: [this.exporter] });
  }

  /** Records into the series of a duration. */
  record(seconds: number, attributes: Attributes): void {
    this.exporter.metricProducer.series(METRICS.operationDuration, attributes).record(seconds);
  }

  /** Both write the same; and what that is. */
  async assertSame(): Promise<string> {
    const { prefix, appendTimestamp, withResourceConstantLabels } = this.options;
    const { withoutTargetInfo, withoutScopeInfo } = this.options;
    const others = await this.exporter.collect();
    const own = await this.exporter.metricProducer.collect();
    const ownScopes = own.resourceMetrics.scopeMetrics;
    const stock = new PrometheusSerializer(
      prefix,
      appendTimestamp,
      withResourceConstantLabels,
      withoutTargetInfo,
      withoutScopeInfo,
    );
    const expected = stock.serialize({
      resource: others.resourceMetrics.resource,
      scopeMetrics: [
        ...others.resourceMetrics.scopeMetrics,
        ...(ownScopes.length > 0 ? ownScopes : [NOTHING_MEASURED]),
      ],
    });
    for (const time of ['first', 'second']) {
      const text = await this.exporter.text();
      // The times of two collections differ.
      const timeless = (lines: string) =>
        appendTimestamp === true ? lines.replace(/ \d{13}(\.\d+)?$/gm, ' time') : lines;
      assert.equal(timeless(text), timeless(expected), `when it is written for the ${time} time`);
    }
    return expected;
  }

  /** Records with each kind of instrument. */
  measure(scope: string, version?: string, schemaUrl?: string): void {
    const meter = this.meterProvider.getMeter(scope, version, { schemaUrl });
    const counter = meter.createCounter('requests', { description: 'A \\ and\na new line' });
    const total = meter.createCounter('bytes_total', { unit: 'By', valueType: ValueType.INT });
    const upDown = meter.createUpDownCounter('queue.size');
    const gauge = meter.createGauge('temperature', { unit: '°C' });
    const histogram = meter.createHistogram('a/duration-of__it', { unit: 's' });
    const small = meter.createHistogram('small', { advice: { explicitBucketBoundaries: [] } });
    const observable = meter.createObservableGauge('memory', { description: 'Memory.' });
    observable.addCallback(result => {
      result.observe(2 ** 40, { kind: 'heap' });
    });
    for (const [index, attributes] of ATTRIBUTES.entries()) {
      counter.add(index, attributes);
      total.add(2 ** (7 * index), attributes);
      upDown.add(-index, attributes);
      gauge.record([0.1, -Infinity, Infinity, NaN, 1e21, 1e-7, -0, 1, 2][index] ?? 0, attributes);
      histogram.record(index * 3.7, attributes);
      histogram.record(Infinity, attributes);
      small.record(index, attributes);
      this.record(index / 7, attributes);
    }
    this.record(1, { '1': 'number first' });
    this.record(1, { le: 'a label of its own' });
  }
}

describe('the text of metrics is that of the stock serializer', () => {
  /** What is said about it. */
  let messages: string[];

  beforeEach(() => {
    messages = [];
    const note = (message: string) => messages.push(message);
    const logger = { error: note, warn: note, info: note, debug: note, verbose: note };
    diag.setLogger(logger, { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true });
  });

  afterEach(() => {
    diag.disable();
  });

  it('for no operations and no other metrics', async () => {
    const text = await new Application().assertSame();
    assert.match(text, /^# TYPE db_client_operation_duration_seconds histogram\n$/m);
  });

  const options: [title: string, options: Options][] = [
    ['without options', {}],
    ['with a prefix', { prefix: 'shop' }],
    ['with timestamps', { appendTimestamp: true }],
    ['with labels of the resource', { withResourceConstantLabels: /name$/ }],
    ['without target_info', { withoutTargetInfo: true }],
    ['without scopes', { withoutScopeInfo: true }],
    [
      'with everything at once',
      {
        prefix: 'a',
        appendTimestamp: true,
        withResourceConstantLabels: /host/,
        withoutTargetInfo: true,
        withoutScopeInfo: true,
      },
    ],
  ];

  for (const [title, given] of options) {
    it(`for instruments of every kind and labels that need care, ${title}`, async () => {
      const application = new Application(given);
      application.measure('one scope', '1.0.0', 'https://schema.example/1');
      const text = await application.assertSame();
      assert.match(text, /db_client_operation_duration_seconds_bucket\{.*le="\+Inf"\} 1/);
      assert.deepEqual(messages, []);
    });
  }

  it('for our metrics alone', async () => {
    const application = new Application();
    for (const attributes of ATTRIBUTES) application.record(0.5, attributes);
    await application.assertSame();
  });

  it('for instruments of the same name in several scopes', async () => {
    const application = new Application();
    for (const scope of ['one', 'two', 'thr"ee']) application.measure(scope);
    const { meterProvider } = application;
    meterProvider.getMeter('four').createCounter('temperature').add(1);
    await application.assertSame();
  });

  it('for metrics that cannot be written', async () => {
    const application = new Application(
      {},
      {
        views: [
          {
            instrumentName: 'exponential',
            aggregation: { type: AggregationType.EXPONENTIAL_HISTOGRAM },
          },
        ],
      },
    );
    application.meterProvider.getMeter('a').createHistogram('exponential').record(1);
    application.meterProvider.getMeter('a').createCounter('_').add(1);
    await application.assertSame();
  });

  it('when the values have changed, and series have come', async () => {
    const application = new Application();
    for (let scrape = 0; scrape < 3; scrape++) {
      application.measure('scope', String(scrape));
      application.record(scrape, { scrape });
      await application.assertSame();
    }
  });

  it('when attributes have been changed that the application still had', async () => {
    const application = new Application();
    const attributes: Attributes = { label: 'before' };
    application.meterProvider.getMeter('a').createCounter('counter').add(1, attributes);
    for (const label of ['before', 'after']) {
      attributes.label = label;
      await application.assertSame();
    }
  });

  it('but has no labels of others for which Prometheus would refuse the whole scrape', async () => {
    const { exporter, meterProvider } = new Application();
    const meter = meterProvider.getMeter('scope');
    const [counter, histogram] = [meter.createCounter('c_total'), meter.createHistogram('h')];
    for (const [attributes] of [...REFUSED, [{ valid: 'v' }] as const]) {
      counter.add(1, attributes);
      histogram.record(1, attributes);
    }
    const lines = (await exporter.text()).split('\n');
    const labelsOf = (metric: string) =>
      lines
        .filter(line => line.startsWith(`${metric}{`))
        .map(line => /\{(.*?),otel_scope_name="scope"\} 1$/.exec(line)?.[1]);
    const expected = [...REFUSED.map(([, labels]) => labels), 'valid="v"'];
    assert.deepEqual(labelsOf('h_count'), expected);
    // A counter has no buckets.
    assert.deepEqual(
      labelsOf('c_total'),
      expected.map(labels => labels.replace('exported_le', 'le')),
    );
  });

  it('but leaves out a label of the resource that histograms have themselves, of these alone', async () => {
    const exporter = new AerospikePrometheusExporter({
      withResourceConstantLabels: /./,
      withoutScopeInfo: true,
      preventServerStart: true,
    });
    const resource = resourceFromAttributes({ le: 'x', place: 'y' });
    new MeterProvider({ resource, readers: [exporter] });
    exporter.metricProducer.series(METRICS.operationDuration, {}).record(0);
    exporter.metricProducer.observe([METRICS.nodeCount], report => {
      report(METRICS.nodeCount, 2, {});
    });
    const text = await exporter.text();
    assert.match(text, /^db_client_operation_duration_seconds_bucket\{place="y",le="10"\} 1$/m);
    assert.match(text, /^aerospike_client_node_count\{le="x",place="y"\} 2$/m);
  });
});
