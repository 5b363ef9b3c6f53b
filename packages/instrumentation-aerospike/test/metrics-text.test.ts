import assert from 'node:assert/strict';
import { diag, DiagLogLevel, ValueType, type Attributes } from '@opentelemetry/api';
import { PrometheusSerializer } from '@opentelemetry/exporter-prometheus';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  AggregationType,
  MeterProvider,
  type MeterProviderOptions,
  type ResourceMetrics,
} from '@opentelemetry/sdk-metrics';
import { AerospikeMetricProducer, PROMETHEUS_NAME } from '../src/metric-producer';
import { MetricsText } from '../src/prometheus/text/metrics-text';
import { ManualReader } from './support/manual-reader';

type Options = ConstructorParameters<typeof PrometheusSerializer>;

/** What needs care in a label. */
const ATTRIBUTES: readonly Attributes[] = [
  {},
  { plain: 'value' },
  { 'a.b-c': 'x', __d: 'y', 'd..e': 'z', '1': 'number first' },
  { quote: '"', backslash: '\\', newline: 'a\nb', all: '\\"\n,}{', ünïcode: 'schön ☕' },
  { lines: 'a\rb\u2028c\u2029d\u0085e', 'li\rne': 'x' },
  { number: 1.5, flag: true, list: ['a', 'b"'], empty: '', no: undefined },
  { le: 'a label of its own' },
  Object.freeze({ frozen: 'value', number: 5 }),
  Object.freeze({ frozen: ['a list can change'] }),
];

/** A meter provider, and a metric producer that its reader collects too. */
class Application {
  readonly producer = new AerospikeMetricProducer({ name: PROMETHEUS_NAME });
  readonly meterProvider: MeterProvider;
  private readonly reader = new ManualReader({ metricProducers: [this.producer] });

  constructor(options: MeterProviderOptions = {}) {
    const resource = resourceFromAttributes({
      'service.name': 'a "shop"',
      'host.name': 'h\\1',
      le: 'of the resource',
    });
    this.meterProvider = new MeterProvider({ resource, ...options, readers: [this.reader] });
  }

  async collect(): Promise<ResourceMetrics> {
    const { resourceMetrics, errors } = await this.reader.collect();
    assert.deepEqual(errors, []);
    return resourceMetrics;
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
      this.producer.series(attributes).record(index / 7);
    }
  }
}

async function textOf(metricsText: MetricsText, metrics: ResourceMetrics): Promise<string> {
  let text = '';
  for await (const piece of metricsText.write(metrics)) text += piece;
  return text;
}

/** Both write the same; and what that is. */
async function assertSame(metrics: ResourceMetrics, ...options: Options): Promise<string> {
  const expected = new PrometheusSerializer(...options).serialize(metrics);
  const metricsText = new MetricsText(...options);
  assert.equal(await textOf(metricsText, metrics), expected);
  assert.equal(await textOf(metricsText, metrics), expected, 'when it is written again');
  return expected;
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

  it('for no metrics', async () => {
    assert.match(await assertSame(await new Application().collect()), /no registered metrics$/);
  });

  const options: [title: string, options: Options][] = [
    ['without options', []],
    ['with a prefix', ['shop']],
    ['with timestamps', [undefined, true]],
    ['with labels of the resource', [undefined, false, /name$/]],
    ['with labels of the resource, of which one is le', [undefined, false, /./]],
    ['without target_info', [undefined, false, undefined, true]],
    ['without scopes', [undefined, false, undefined, false, true]],
    ['with everything at once', ['a', true, /host/, true, true]],
  ];

  for (const [title, given] of options) {
    it(`for instruments of every kind and labels that need care, ${title}`, async () => {
      const application = new Application();
      application.measure('one scope', '1.0.0', 'https://schema.example/1');
      const text = await assertSame(await application.collect(), ...given);
      assert.match(text, /db_client_operation_duration_seconds_bucket\{.*le="\+Inf"\} 1/);
      assert.deepEqual(messages, []);
    });
  }

  it('for instruments of the same name in several scopes', async () => {
    const application = new Application();
    for (const scope of ['one', 'two', 'thr"ee']) application.measure(scope);
    const { meterProvider } = application;
    meterProvider.getMeter('four').createCounter('temperature').add(1);
    meterProvider.getMeter('five').createUpDownCounter('target_info', { unit: 's' }).add(1);
    await assertSame(await application.collect());
  });

  it('for metrics that cannot be written', async () => {
    const application = new Application({
      views: [
        {
          instrumentName: 'exponential',
          aggregation: { type: AggregationType.EXPONENTIAL_HISTOGRAM },
        },
      ],
    });
    application.meterProvider.getMeter('a').createHistogram('exponential').record(1);
    application.meterProvider.getMeter('a').createCounter('_').add(1);
    await assertSame(await application.collect());
  });

  it('for text with a character that is used here in between', async () => {
    const application = new Application();
    const meter = application.meterProvider.getMeter('a');
    meter.createCounter('zeros', { description: 'a\0b' }).add(1, { label: 'a\0b' });
    await assertSame(await application.collect());
  });

  it('when the values have changed, and series have come', async () => {
    const application = new Application();
    const metricsText = new MetricsText();
    const stock = new PrometheusSerializer();
    for (let scrape = 0; scrape < 3; scrape++) {
      application.measure('scope', String(scrape));
      application.producer.series({ scrape }).record(scrape);
      const metrics = await application.collect();
      assert.equal(await textOf(metricsText, metrics), stock.serialize(metrics));
    }
  });

  it('when attributes have been changed that the application still had', async () => {
    const application = new Application();
    const metricsText = new MetricsText();
    const attributes: Attributes = { label: 'before' };
    application.meterProvider.getMeter('a').createCounter('counter').add(1, attributes);
    for (const label of ['before', 'after']) {
      attributes.label = label;
      const metrics = await application.collect();
      assert.equal(
        await textOf(metricsText, metrics),
        new PrometheusSerializer().serialize(metrics),
      );
    }
  });

  it('for many series, while other work of the process gets its turn', async () => {
    const application = new Application();
    for (let set = 0; set < 2000; set++) application.producer.series({ set }).record(set);
    const metrics = await application.collect();
    let turns = 0;
    const takeTurn = () => {
      turns++;
      turn = setImmediate(takeTurn);
    };
    let turn = setImmediate(takeTurn);
    await assertSame(metrics);
    clearImmediate(turn);
    assert.ok(turns > 1, `${turns} turns`);
  });

  describe('with another version of the serializer', () => {
    const prototype = PrometheusSerializer.prototype as unknown as Record<string, unknown>;
    const METHOD = '_serializeHistogramDataPoint';
    const original = prototype[METHOD] as (...args: unknown[]) => string;

    afterEach(() => {
      prototype[METHOD] = original;
    });

    const changes: [title: string, method: unknown][] = [
      ['that has no such method', undefined],
      [
        'whose method takes something else',
        function (this: object, name: string, metric: object, point: object) {
          return original.call(this, name, metric, point, undefined);
        },
      ],
      [
        'that writes something else',
        function (this: object, name: string, metric: object, point: object, shared: object) {
          return `# a comment\n${original.call(this, name, metric, point, shared)}`;
        },
      ],
    ];

    for (const [title, method] of changes) {
      it(`${title}, and that is told`, async () => {
        const application = new Application();
        application.meterProvider.getMeter('a').createCounter('counter').add(1);
        if (method !== undefined) application.producer.series({}).record(1);
        const metrics = await application.collect();
        prototype[METHOD] = method;
        await assertSame(metrics);
        assert.deepEqual(messages, [
          'opentelemetry-instrumentation-aerospike: this version of @opentelemetry/exporter-prometheus is not known, ' +
            'so that scrapes take longer',
        ]);
      });
    }
  });
});
