import assert from 'node:assert/strict';
import type { Attributes } from '@opentelemetry/api';
import { isReport } from '../../src/processes/is-report';
import { BoundariesError, Contribution, MetricSums } from '../../src/processes/metric-sums';
import type { PointReport, ProcessReport } from '../../src/processes/report';
import { METRICS, type Metric } from '../../src/series/metrics';

const { operationDuration, connectionCount, connectionMax, connectionsOpened, nodeCount } = METRICS;
const BOUNDARIES = [0.5, 1];
const GET = { 'db.operation.name': 'get' };
const SERVER = { 'server.address': 'a' };

const poolOf = (name: string): Attributes => ({
  ...SERVER,
  'db.client.connection.pool.name': name,
});

/** A report of one series, as it comes out of JSON. */
function recorded(point: Partial<PointReport> & { counts: number[] }): ProcessReport {
  const count = point.counts.reduce((sum, each) => sum + each, 0);
  const full = { id: 0, attributes: GET, count, sum: count, min: 0.25, max: 2, ...point };
  const report = {
    histograms: [{ metric: operationDuration.name, boundaries: BOUNDARIES, points: [full] }],
  };
  assert.ok(isReport(report));
  return report;
}

function told(...numbers: [Metric, Attributes, number][]): ProcessReport {
  const metrics = new Set(numbers.map(([metric]) => metric));
  const report = {
    histograms: [],
    numbers: Array.from(metrics, metric => ({
      metric: metric.name,
      points: numbers
        .filter(([each]) => each === metric)
        .map(([, attributes, value]) => [attributes, value] as const),
    })),
  };
  assert.ok(isReport(report));
  return report;
}

describe('the sums over several processes', () => {
  let sums: MetricSums;
  let one: Contribution;
  let other: Contribution;

  beforeEach(() => {
    sums = new MetricSums();
    one = new Contribution();
    other = new Contribution();
  });

  const durations = () => [...(sums.histograms.get(operationDuration)?.points ?? [])];

  function numbersOf(metric: Metric): [Attributes, number][] {
    const points = sums.numbers().get(metric) ?? [];
    return Array.from(points, ({ attributes, value }) => [attributes, value]);
  }

  describe('of a histogram', () => {
    it('add up what each has recorded', () => {
      sums.add(one, recorded({ counts: [1, 2, 3], sum: 4.5, min: 0.25, max: 3 }));
      sums.add(other, recorded({ counts: [10, 0, 0], sum: 2.5, min: 0.125, max: 0.25 }));
      const [{ counts, count, sum, min, max, attributes } = assert.fail()] = durations();
      assert.deepEqual(
        { counts: [...counts], count, sum, min, max, attributes },
        { counts: [11, 2, 3], count: 16, sum: 7, min: 0.125, max: 3, attributes: GET },
      );
    });

    it('go on with what a process has recorded since its last report', () => {
      sums.add(one, recorded({ counts: [1, 0, 0] }));
      sums.add(one, recorded({ counts: [5, 1, 0], attributes: undefined }));
      assert.deepEqual([...(durations()[0]?.counts ?? [])], [5, 1, 0]);
    });

    it('stay as they are when a report comes twice, or an older one late', () => {
      sums.add(one, recorded({ counts: [5, 0, 0] }));
      sums.add(one, recorded({ counts: [5, 0, 0] }));
      sums.add(one, recorded({ counts: [4, 0, 0] }));
      assert.equal(durations()[0]?.count, 5);
    });

    it('keep what a process has recorded that has ended', () => {
      sums.add(one, recorded({ counts: [5, 0, 0] }));
      sums.end(one);
      sums.add(other, recorded({ counts: [2, 0, 0] }));
      assert.equal(durations()[0]?.count, 7);
    });

    it('keep series apart, in whatever order their attributes stand', () => {
      sums.add(one, recorded({ counts: [1, 0, 0], attributes: { a: 1, b: 2 } }));
      sums.add(other, recorded({ counts: [1, 0, 0], attributes: { b: 2, a: 1 } }));
      sums.add(other, recorded({ id: 1, counts: [1, 0, 0], attributes: { a: 1, b: '2' } }));
      assert.deepEqual(
        durations().map(({ count }) => count),
        [2, 1],
      );
    });

    it('have no others than those of the same boundaries', () => {
      sums.add(one, recorded({ counts: [1, 0, 0] }));
      const report = recorded({ counts: [1, 0, 0] });
      const [histogram = assert.fail()] = report.histograms;
      const different = { histograms: [{ ...histogram, boundaries: [0.5, 2] }] };
      assert.throws(() => {
        sums.add(other, different);
      }, BoundariesError);
      assert.equal(durations()[0]?.count, 1);
    });

    it('have the newest exemplar of each bucket', () => {
      const exemplar = (time: number, value: number) => ({
        traceId: '0'.repeat(31) + '1',
        spanId: '0'.repeat(15) + '1',
        time,
        value,
      });
      sums.add(
        one,
        recorded({
          counts: [1, 0, 1],
          exemplars: [
            [0, exemplar(2, 0.3)],
            [2, exemplar(2, 9)],
          ],
        }),
      );
      sums.add(
        other,
        recorded({
          counts: [1, 0, 1],
          exemplars: [
            [0, exemplar(3, 0.4)],
            [2, exemplar(1, 8)],
          ],
        }),
      );
      const exemplars = durations()[0]?.exemplars ?? [];
      assert.deepEqual(
        exemplars.map(each => each?.value),
        [0.4, undefined, 9],
      );
    });

    it('have one series for what is beyond the limit of attribute sets', () => {
      for (let set = 0; set < 2005; set++) {
        sums.add(one, recorded({ id: set, counts: [1, 0, 0], attributes: { set } }));
      }
      const all = durations();
      assert.equal(all.length, 2000);
      assert.deepEqual(all.at(-1)?.attributes, { 'otel.metric.overflow': true });
      assert.equal(all.at(-1)?.count, 6);
    });
  });

  describe('of an exponential histogram', () => {
    const exponential = (scale: number, firstIndex: number, counts: number[], zeroCount = 0) => ({
      scale,
      firstIndex,
      counts,
      zeroCount,
    });
    const sumOfAll = () => {
      const { scale, firstIndex, counts, zeroCount } = durations()[0]?.exponential ?? assert.fail();
      return { scale, firstIndex, counts, zeroCount };
    };

    it('add up bucket by bucket, wherever each begins', () => {
      sums.add(one, recorded({ counts: [3, 0, 0], exponential: exponential(3, -5, [1, 0, 2], 1) }));
      sums.add(other, recorded({ counts: [4, 0, 0], exponential: exponential(3, -7, [4]) }));
      assert.deepEqual(sumOfAll(), exponential(3, -7, [4, 0, 1, 0, 2], 1));
    });

    it('take the widest buckets, also of a process that widens its own', () => {
      sums.add(one, recorded({ counts: [3, 0, 0], exponential: exponential(3, -3, [1, 1, 1]) }));
      sums.add(one, recorded({ counts: [4, 0, 0], exponential: exponential(2, -2, [1, 3]) }));
      sums.add(other, recorded({ counts: [2, 0, 0], exponential: exponential(3, -4, [1, 1]) }));
      assert.deepEqual(sumOfAll(), exponential(2, -2, [3, 3]));
    });
  });

  describe('of numbers', () => {
    it('add up gauges, and let go of those of a process that has ended', () => {
      sums.add(one, told([connectionCount, poolOf('x'), 3]));
      sums.add(other, told([connectionCount, poolOf('x'), 4]));
      assert.deepEqual(numbersOf(connectionCount), [[poolOf('x'), 7]]);
      sums.end(one);
      assert.deepEqual(numbersOf(connectionCount), [[poolOf('x'), 4]]);
      sums.end(other);
      assert.deepEqual(numbersOf(connectionCount), []);
    });

    it('let go of a gauge that a process does not tell any more', () => {
      sums.add(one, told([connectionCount, poolOf('x'), 3]));
      sums.add(one, told());
      assert.deepEqual(numbersOf(connectionCount), []);
    });

    it('leave numbers as they are where a report has none', () => {
      sums.add(one, told([connectionCount, poolOf('x'), 3]));
      sums.add(one, recorded({ counts: [1, 0, 0] }));
      assert.deepEqual(numbersOf(connectionCount), [[poolOf('x'), 3]]);
    });

    it('keep what a process has counted that has ended, and never fall', () => {
      sums.add(one, told([connectionsOpened, poolOf('x'), 3]));
      sums.end(one);
      sums.add(other, told([connectionsOpened, poolOf('x'), 4]));
      sums.add(other, told([connectionsOpened, poolOf('x'), 2]));
      sums.add(other, told());
      sums.add(other, told([connectionsOpened, poolOf('x'), 5]));
      assert.deepEqual(numbersOf(connectionsOpened), [[poolOf('x'), 8]]);
    });

    it('count each node once, however many processes know it', () => {
      const nodes = (...names: string[]): ProcessReport => ({
        histograms: [],
        numbers: [
          { metric: nodeCount.name, points: [[SERVER, names.length]] },
          { metric: connectionMax.name, points: names.map(name => [poolOf(name), 100]) },
        ],
      });
      sums.add(one, nodes('x', 'y'));
      sums.add(other, nodes('y', 'z'));
      assert.deepEqual(numbersOf(nodeCount), [[SERVER, 3]]);
      sums.add(one, nodes());
      sums.add(other, nodes());
      assert.deepEqual(numbersOf(nodeCount), [[SERVER, 0]]);
    });
  });

  describe('of numbers beyond the limit of attribute sets', () => {
    const OVERFLOW = { 'otel.metric.overflow': true };
    /** So many pools, each with the same number. */
    const pools = (metric: Metric, count: number, value: number): ProcessReport =>
      told(
        ...Array.from({ length: count }, (_, index): [Metric, Attributes, number] => [
          metric,
          poolOf(String(index)),
          value,
        ]),
      );
    const overflowOf = (metric: Metric) =>
      numbersOf(metric).find(([attributes]) => 'otel.metric.overflow' in attributes)?.[1];

    it('have one series together', () => {
      sums.add(one, pools(connectionsOpened, 2005, 1));
      assert.equal(numbersOf(connectionsOpened).length, 2000);
      assert.equal(overflowOf(connectionsOpened), 6);
    });

    it('go on there with what has been counted since the last report', () => {
      sums.add(one, pools(connectionsOpened, 2005, 1));
      sums.add(one, pools(connectionsOpened, 2005, 3));
      sums.add(other, told([connectionsOpened, OVERFLOW, 10]));
      sums.end(one);
      assert.equal(overflowOf(connectionsOpened), 28);
    });

    it('let go of the gauges of a process that has ended', () => {
      sums.add(one, pools(connectionCount, 2005, 1));
      sums.add(other, told([connectionCount, poolOf('other'), 10]));
      sums.end(one);
      assert.deepEqual(numbersOf(connectionCount), [[OVERFLOW, 10]]);
      sums.end(other);
      assert.deepEqual(numbersOf(connectionCount), []);
    });

    it('keep the number of nodes that belong to no server in particular', () => {
      sums.add(one, told([nodeCount, OVERFLOW, 3]));
      assert.deepEqual(numbersOf(nodeCount), [[OVERFLOW, 3]]);
    });
  });

  it('pass over metrics that this version does not know', () => {
    const { histograms } = recorded({ counts: [1, 0, 0] });
    sums.add(one, {
      histograms: histograms.map(each => ({ ...each, metric: 'unknown' })),
      numbers: [{ metric: 'unknown', points: [[{}, 1]] }],
    });
    assert.deepEqual([...sums.histograms.keys()], [operationDuration]);
    assert.deepEqual(durations(), []);
    assert.equal(sums.numbers().size, 0);
  });
});

describe('what comes from another process', () => {
  const good = recorded({ counts: [1, 0, 0] }).histograms[0];
  const point = good?.points[0];
  const wrong: Record<string, unknown> = {
    'no object': [],
    'no list': { histograms: {} },
    'a bucket too few': { histograms: [{ ...good, points: [{ ...point, counts: [1, 0] }] }] },
    'a count below 0': { histograms: [{ ...good, points: [{ ...point, counts: [-1, 0, 0] }] }] },
    'a sum that is no number': { histograms: [{ ...good, points: [{ ...point, sum: null }] }] },
    'attributes in attributes': {
      histograms: [{ ...good, points: [{ ...point, attributes: { a: {} } }] }],
    },
    'an exemplar of no bucket': {
      histograms: [{ ...good, points: [{ ...point, exemplars: [[3, {}]] }] }],
    },
    'a scale beyond all': {
      histograms: [
        {
          ...good,
          points: [
            { ...point, exponential: { scale: 40, zeroCount: 0, firstIndex: 0, counts: [1] } },
          ],
        },
      ],
    },
    'a value that is no number': {
      histograms: [],
      numbers: [{ metric: 'm', points: [[{}, '1']] }],
    },
  };
  for (const [what, value] of Object.entries(wrong)) {
    it(`is no report with ${what}`, () => {
      assert.equal(isReport(value), false);
    });
  }
});
