import assert from 'node:assert/strict';
import type { Family } from '../../src/exposition/family';
import { ProtobufWriter } from '../../src/exposition/protobuf';
import { WireWriter } from '../../src/exposition/wire-writer';
import type { HistogramPoint } from '../../src/series/points';
import { COUNTER, EXEMPLAR, GAUGE, histogram, pointOf, WRITE_OPTIONS } from '../support/families';
import {
  decodeFamilies,
  nativeBuckets,
  type DecodedFamily,
  type DecodedHistogram,
} from '../support/prometheus-protobuf';
import { seededRandom } from '../support/random';

const SCOPE_LABELS = [
  { name: 'otel_scope_name', value: 'scope' },
  { name: 'otel_scope_version', value: '1.2.3' },
];

describe('a protobuf message', () => {
  for (const [value, bytes] of [
    [0, [0x08, 0]],
    [127, [0x08, 0x7f]],
    [300, [0x08, 0xac, 0x02]],
    [2 ** 32, [0x08, 0x80, 0x80, 0x80, 0x80, 0x10]],
    [2 ** 53, [0x08, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x10]],
  ] as const) {
    it(`has ${value} in as few bytes as it needs`, () => {
      const writer = new WireWriter(16);
      writer.uint(1, value);
      assert.deepEqual([...writer.take()], bytes);
    });
  }

  for (const [value, bytes] of [
    [0, [0]],
    [-1, [1]],
    [1, [2]],
    [-64, [0x7f]],
    [64, [0x80, 0x01]],
    [-(2 ** 53), [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x1f]],
    [2 ** 53, [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x20]],
  ] as const) {
    it(`has ${value} with its sign in the last bit`, () => {
      const writer = new WireWriter(16);
      writer.zigzag(value);
      assert.deepEqual([...writer.take()], bytes);
    });
  }
});

describe('the protobuf format', () => {
  it('has the buckets of a histogram, its count and its sum', () => {
    const point = pointOf([2 ** -11, 0.25, 0.25, 2], { attributes: { 'db.op': 'get' } });
    assert.deepEqual(written([histogram([{ ...point, exponential: undefined }])]), [
      {
        name: 'operation_duration_seconds',
        help: 'Duration of operations.',
        type: 'HISTOGRAM',
        unit: 'seconds',
        metric: [
          {
            label: [{ name: 'db_op', value: 'get' }, ...SCOPE_LABELS],
            histogram: {
              sampleCount: 4,
              sampleSum: 2.50048828125,
              bucket: [
                { cumulativeCount: 1, upperBound: 0.001 },
                { cumulativeCount: 3, upperBound: 1 },
                { cumulativeCount: 4, upperBound: Infinity },
              ],
              negativeSpan: [],
              negativeDelta: [],
              positiveSpan: [],
              positiveDelta: [],
            },
          },
        ],
      },
    ]);
  });

  it('has the exponential buckets beside them, by the indexes of Prometheus', () => {
    const { bucket, schema, zeroThreshold, zeroCount, positiveSpan, positiveDelta } = only(
      pointOf([0, 1, 1, 1.05, 2, 16]),
    );
    assert.equal(bucket.length, 3);
    assert.deepEqual([schema, zeroThreshold, zeroCount], [3, 2 ** -128, 1]);
    // 1 is the upper bound of the bucket 0, and 2 that of the bucket 8.
    assert.deepEqual(positiveSpan, [
      { offset: 0, length: 2 },
      { offset: 6, length: 1 },
      { offset: 23, length: 1 },
    ]);
    assert.deepEqual(positiveDelta, [2, -1, 0, 0]);
  });

  it('writes a small gap as empty buckets', () => {
    const histogram = only(pointOf([1, 2 ** (3 / 8)]));
    assert.deepEqual(histogram.positiveSpan, [{ offset: 0, length: 4 }]);
    assert.deepEqual(histogram.positiveDelta, [1, -1, 0, 1]);
  });

  it('describes a histogram that has no series yet', () => {
    assert.deepEqual(written([histogram([])]), [
      {
        name: 'operation_duration_seconds',
        help: 'Duration of operations.',
        type: 'HISTOGRAM',
        unit: 'seconds',
        metric: [],
      },
    ]);
  });

  it('marks a histogram without values as a native one', () => {
    const { zeroThreshold, positiveSpan, sampleCount } = only(pointOf([]));
    assert.deepEqual([zeroThreshold, positiveSpan, sampleCount], [2 ** -128, [], 0]);
  });

  it('keeps every value in its native bucket', () => {
    const random = seededRandom(5);
    for (let run = 0; run < 100; run++) {
      const octaves = random() * 60;
      const values = Array.from(
        { length: random() * 300 },
        () => 2 ** ((random() - 0.6) * octaves),
      );
      const histogram = only(pointOf(values));
      const scale = 2 ** (histogram.schema ?? NaN);
      const expected = new Map<number, number>();
      for (const value of values.toSorted((one, other) => one - other)) {
        const index = Math.ceil(Math.log2(value) * scale);
        expected.set(index, (expected.get(index) ?? 0) + 1);
      }
      assert.deepEqual(nativeBuckets(histogram), expected);
    }
  });

  it('has the exemplar of a bucket', () => {
    const exemplar = {
      label: [
        { name: 'trace_id', value: EXEMPLAR.traceId },
        { name: 'span_id', value: EXEMPLAR.spanId },
      ],
      value: 0.0005,
      timestamp: { seconds: 1_700_000_000, nanos: 123_000_000 },
    };
    const { bucket } = only(pointOf([0.0005, 2], { exemplars: [EXEMPLAR, undefined, undefined] }));
    assert.deepEqual(bucket, [
      { cumulativeCount: 1, upperBound: 0.001, exemplar },
      { cumulativeCount: 1, upperBound: 1 },
      { cumulativeCount: 2, upperBound: Infinity },
    ]);
  });

  it('leaves out an exemplar whose ids are none of a trace', () => {
    const exemplars = [{ ...EXEMPLAR, traceId: 'é' }, undefined, undefined];
    const { bucket } = only(pointOf([0.0005], { exemplars }));
    assert.deepEqual(bucket[0], { cumulativeCount: 1, upperBound: 0.001 });
  });

  it('leaves out a sum that can fall', () => {
    assert.equal(only({ ...pointOf([1]), sum: NaN }).sampleSum, undefined);
  });

  it('has one last bucket where infinity is one of the boundaries', () => {
    const { bucket } = only(pointOf([0.5, 2], { boundaries: [1, Infinity] }));
    assert.deepEqual(bucket, [
      { cumulativeCount: 1, upperBound: 1 },
      { cumulativeCount: 2, upperBound: Infinity },
    ]);
  });

  it('has the suffix _total in the name of a counter, and its text as it is', () => {
    const [family] = written([COUNTER]);
    assert.deepEqual(
      [family?.name, family?.type, family?.unit, family?.help],
      ['connections_opened_total', 'COUNTER', undefined, 'Connections\nthat were "opened" \\ all.'],
    );
    const values = family?.metric.map(({ label, counter }) => [label[0]?.value, counter?.value]);
    assert.deepEqual(
      new Map(values as [string, number][]),
      new Map([
        ['a:1', 3],
        ['b\n"\\', 2 ** 53],
      ]),
    );
  });

  it('has the values of a gauge, whatever they are', () => {
    const [family] = written([GAUGE]);
    assert.deepEqual([family?.type, family?.unit, family?.help], ['GAUGE', 'celsius', undefined]);
    const values = family?.metric.map(({ gauge }) => gauge?.value) ?? [];
    assert.deepEqual(new Set(values), new Set([Infinity, -Infinity, NaN, -1.5]));
  });

  it('follows the options of OpenTelemetry’s exporter', () => {
    const writer = new ProtobufWriter({
      prefix: 'app_',
      constantLabels: [['service_name', 'shop']],
      hasScopeLabels: false,
      hasTimestamps: true,
    });
    const before = Date.now();
    const [family] = decodeFamilies(joined(writer.write([COUNTER], undefined)));
    assert.equal(family?.name, 'app_connections_opened_total');
    for (const { label, timestampMs = NaN } of family.metric) {
      assert.deepEqual(
        label.map(({ name }) => name),
        ['pool_name', 'service_name'],
      );
      assert(timestampMs >= before && timestampMs <= Date.now());
    }
  });

  it('begins with what it says about the resource', () => {
    const [first] = decodeFamilies(
      joined(new ProtobufWriter(WRITE_OPTIONS).write([COUNTER], [['service_name', 'é']])),
    );
    assert.deepEqual(first, {
      name: 'target_info',
      help: 'Target metadata',
      type: 'GAUGE',
      metric: [{ label: [{ name: 'service_name', value: 'é' }], gauge: { value: 1 } }],
    });
  });

  it('comes in pieces of at most 32 KiB, each of whole messages', () => {
    const points = Array.from({ length: 500 }, (_, number) =>
      pointOf([0.0001 * number, number], { attributes: { number } }),
    );
    const pieces = [
      ...new ProtobufWriter(WRITE_OPTIONS).write([COUNTER, histogram(points), GAUGE], []),
    ];
    assert(pieces.length > 1);
    assert(pieces.every(piece => piece.length <= 2 ** 15));
    const families = pieces.flatMap(decodeFamilies);
    assert.deepEqual(
      [...new Set(families.map(({ name }) => name))],
      [
        'target_info',
        'connections_opened_total',
        'operation_duration_seconds',
        'temperature_celsius',
      ],
    );
    const numbers = families
      .filter(({ type }) => type === 'HISTOGRAM')
      .flatMap(({ metric }) => metric.map(({ label }) => Number(label[0]?.value)));
    assert.deepEqual(new Set(numbers), new Set(points.keys()));
    assert.equal(numbers.length, 500);
  });

  it('holds a series that is longer than a piece', () => {
    const text = 'long '.repeat(20_000);
    const [family] = written([histogram([pointOf([1], { attributes: { text } })])]);
    assert.equal(family?.metric[0]?.label[0]?.value, text);
  });
});

function written(families: readonly Family[]): DecodedFamily[] {
  return decodeFamilies(joined(new ProtobufWriter(WRITE_OPTIONS).write(families, undefined)));
}

/** What is read of a histogram with one series. */
function only(point: HistogramPoint): DecodedHistogram {
  const decoded = written([histogram([point])])[0]?.metric[0]?.histogram;
  assert(decoded);
  return decoded;
}

function joined(pieces: Iterable<Uint8Array>): Uint8Array {
  return Buffer.concat([...pieces]);
}
