import assert from 'node:assert/strict';
import type { Family } from '../../src/exposition/family';
import { OpenMetricsWriter } from '../../src/exposition/openmetrics';
import { COUNTER, EXEMPLAR, GAUGE, histogram, pointOf, WRITE_OPTIONS } from '../support/families';

const SCOPE_LABELS = 'otel_scope_name="scope",otel_scope_version="1.2.3"';

describe('OpenMetrics text', () => {
  it('has the buckets of a histogram, its count and its sum', () => {
    assert.equal(
      written([
        histogram([pointOf([2 ** -11, 0.25, 0.25, 2], { attributes: { 'db.op': 'get' } })]),
      ]),
      `# TYPE operation_duration_seconds histogram
# UNIT operation_duration_seconds seconds
# HELP operation_duration_seconds Duration of operations.
operation_duration_seconds_bucket{db_op="get",${SCOPE_LABELS},le="0.001"} 1
operation_duration_seconds_bucket{db_op="get",${SCOPE_LABELS},le="1"} 3
operation_duration_seconds_bucket{db_op="get",${SCOPE_LABELS},le="+Inf"} 4
operation_duration_seconds_count{db_op="get",${SCOPE_LABELS}} 4
operation_duration_seconds_sum{db_op="get",${SCOPE_LABELS}} 2.50048828125
`,
    );
  });

  it('describes a histogram that has no series yet', () => {
    assert.equal(
      written([histogram([])]),
      `# TYPE operation_duration_seconds histogram
# UNIT operation_duration_seconds seconds
# HELP operation_duration_seconds Duration of operations.
`,
    );
  });

  it('leaves out a sum that can fall', () => {
    const text = written([histogram([{ ...pointOf([1]), sum: NaN }])]);
    assert(!text.includes('_sum'));
  });

  it('counts what is above all boundaries where infinity is one of them', () => {
    const text = written([histogram([pointOf([0.5, 2], { boundaries: [1, Infinity] })])]);
    assert.deepEqual(text.match(/le=".*/g), ['le="1"} 1', 'le="+Inf"} 2']);
  });

  it('has the exemplar of a bucket, with seconds as its time', () => {
    const point = pointOf([0.0005, 0.25], { exemplars: [EXEMPLAR, undefined, undefined] });
    assert.deepEqual(written([histogram([point])]).match(/le=".*/g), [
      'le="0.001"} 1 # {trace_id="0af7651916cd43dd8448eb211c80319c",span_id="b7ad6b7169203331"} 0.000500000 1700000000.123',
      'le="1"} 2',
      'le="+Inf"} 2',
    ]);
  });

  for (const [value, text] of [
    [0.1 + 0.2, '0.300000000'],
    [1.5, '1.500000000'],
    [0.9999999999, '1.000000000'],
    [12_345.678_901_234, '12345.678901234'],
    [5, '5'],
    [2 ** 53 + 2, '9007199254740994'],
    [2 ** 24 + 0.25, '16777216.25'],
  ] as const) {
    it(`has an exemplar's value of ${value} as ${text}`, () => {
      const exemplars = [{ ...EXEMPLAR, value }, undefined, undefined];
      const lines = written([histogram([pointOf([0.0005], { exemplars })])]);
      assert.equal(/# \{trace.*\} (.*) /.exec(lines)?.[1], text);
    });
  }

  it('has the suffix _total at the samples of a counter alone, and escapes what must be', () => {
    assert.equal(
      written([COUNTER]),
      `# TYPE connections_opened counter
# HELP connections_opened Connections\\nthat were \\"opened\\" \\\\ all.
connections_opened_total{pool_name="a:1",${SCOPE_LABELS}} 3
connections_opened_total{pool_name="b\\n\\"\\\\",${SCOPE_LABELS}} 9007199254740992
`,
    );
  });

  it('has the values of a gauge, whatever they are', () => {
    assert.equal(
      written([GAUGE]),
      `# TYPE temperature_celsius gauge
# UNIT temperature_celsius celsius
temperature_celsius{index="0",otel_scope_name="other"} +Inf
temperature_celsius{index="1",otel_scope_name="other"} -Inf
temperature_celsius{index="2",otel_scope_name="other"} NaN
temperature_celsius{index="3",otel_scope_name="other"} -1.5
`,
    );
  });

  it('describes metrics of the same name once', () => {
    const text = written([COUNTER, { ...COUNTER, scope: { name: 'second' } }]);
    assert.deepEqual(text.match(/# TYPE.*/g), ['# TYPE connections_opened counter']);
    assert.equal(text.match(/^connections_opened_total/gm)?.length, 4);
  });

  it('follows the options of OpenTelemetry’s exporter', () => {
    const writer = new OpenMetricsWriter({
      prefix: 'app_',
      constantLabels: [
        ['service_name', 'shop'],
        ['le', 'x'],
      ],
      hasScopeLabels: false,
      hasTimestamps: true,
    });
    const point = pointOf([0.0005], {
      attributes: { 'service.name': 'other', 'otel.scope.name': 'own' },
      boundaries: [],
      exemplars: [EXEMPLAR],
    });
    const text = [...writer.write([histogram([point]), { ...GAUGE, points: [] }], undefined)]
      .join('')
      .replaceAll(/ \d{10}\.?\d* ?/g, ' TIME ');
    const labels = 'exported_service_name="other",otel_scope_name="own",service_name="shop"';
    assert.deepEqual(text.match(/^(app_.*|# TYPE.*)/gm), [
      '# TYPE app_operation_duration_seconds histogram',
      `app_operation_duration_seconds_bucket{${labels},le="+Inf"} 1 TIME # {trace_id="${EXEMPLAR.traceId}",span_id="${EXEMPLAR.spanId}"} 0.000500000 TIME `,
      `app_operation_duration_seconds_count{${labels}} 1 TIME `,
      `app_operation_duration_seconds_sum{${labels}} 0.0005 TIME `,
      '# TYPE app_temperature_celsius gauge',
    ]);
  });

  it('begins with what it says about the resource', () => {
    const text = [
      ...new OpenMetricsWriter(WRITE_OPTIONS).write(
        [],
        [
          ['service_name', 'shop'],
          ['list', '["a","b"]'],
        ],
      ),
    ].join('');
    assert.equal(
      text,
      `# TYPE target info
# HELP target Target metadata
target_info{service_name="shop",list="[\\"a\\",\\"b\\"]"} 1
`,
    );
  });

  it('has nothing to say without metrics and resource', () => {
    assert.deepEqual([...new OpenMetricsWriter(WRITE_OPTIONS).write([], undefined)], []);
  });

  it('has each series in a part of its own', () => {
    const points = Array.from({ length: 500 }, (_, number) =>
      pointOf([number], { attributes: { number } }),
    );
    const parts = [...new OpenMetricsWriter(WRITE_OPTIONS).write([histogram(points)], [])];
    assert.equal(parts.filter(part => part.includes('_count')).length, 500);
    assert(parts.every(part => part.endsWith('\n')));
  });
});

function written(families: readonly Family[]): string {
  return [...new OpenMetricsWriter(WRITE_OPTIONS).write(families, undefined)].join('');
}
