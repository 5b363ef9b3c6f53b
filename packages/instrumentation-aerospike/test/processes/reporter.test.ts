import assert from 'node:assert/strict';
import { isReport } from '../../src/processes/is-report';
import { Contribution, MetricSums } from '../../src/processes/metric-sums';
import type { ProcessReport } from '../../src/processes/report';
import { Reporter } from '../../src/processes/reporter';
import { METRICS } from '../../src/series/metrics';
import { MetricStorage } from '../../src/series/metric-storage';

const { operationDuration, returnedRows } = METRICS;
const MANY = 450;

describe('what a process reports', () => {
  let storage: MetricStorage;
  let reporter: Reporter;
  let sums: MetricSums;
  let contribution: Contribution;

  beforeEach(() => {
    storage = new MetricStorage({
      boundaries: [0.5, 1],
      cardinalityLimit: 2000,
      resolution: { exponential: true, exemplars: true },
    });
    reporter = new Reporter(storage);
    sums = new MetricSums();
    contribution = new Contribution();
  });

  function record(times = MANY): void {
    for (let number = 0; number < times; number++) {
      storage.series(operationDuration, { number }).record(0.25);
    }
  }

  /** As it comes out of JSON. */
  function add(report: ProcessReport): void {
    const arrived: unknown = JSON.parse(JSON.stringify(report));
    assert.ok(isReport(arrived));
    sums.add(contribution, arrived);
  }

  const seriesOf = ({ histograms }: ProcessReport) => histograms.flatMap(({ points }) => points);

  const counts = () =>
    Array.from(sums.histograms.get(operationDuration)?.points ?? [], ({ count }) => count);

  it('is many series in reports of at most 50', () => {
    record();
    const reports = [...reporter.recorded()];
    assert.equal(reports.length, MANY / 50);
    for (const report of reports) assert.equal(seriesOf(report).length, 50);
  });

  it('is every series, of which the attributes are told once', () => {
    for (let times = 1; times <= 3; times++) {
      record();
      for (const report of reporter.recorded()) {
        const told = seriesOf(report).filter(({ attributes }) => attributes !== undefined);
        assert.equal(told.length, times === 1 ? 50 : 0);
        add(report);
      }
      assert.deepEqual(counts(), Array<number>(MANY).fill(times));
    }
  });

  it('is only what has been recorded since the last time', () => {
    record();
    for (const report of reporter.recorded()) add(report);
    record(1);
    const reports = [...reporter.recorded()];
    assert.deepEqual(
      reports.flatMap(seriesOf).map(({ id, count }) => [id, count]),
      [[0, 2]],
    );
  });

  it('is complete the next time when something is recorded between two of the reports', () => {
    record();
    for (const report of reporter.recorded()) {
      add(report);
      record(MANY + 1);
    }
    for (const report of reporter.recorded()) add(report);
    const recorded = Array.from(
      storage.histograms.get(operationDuration)?.points ?? [],
      ({ count }) => count,
    );
    assert.deepEqual(counts(), recorded);
  });

  it('has every metric that is recorded with the same attributes', () => {
    const attributes = Object.freeze({ operation: 'query' });
    for (let times = 1; times <= 3; times++) {
      storage.series(operationDuration, attributes).record(0.25);
      storage.series(returnedRows, attributes).record(7);
      for (const report of reporter.recorded()) add(report);
      for (const metric of [operationDuration, returnedRows]) {
        const points = [...(sums.histograms.get(metric)?.points ?? [])];
        assert.deepEqual(
          points.map(({ count }) => count),
          [times],
          metric.name,
        );
      }
    }
  });

  it('is everything at the end, added to what was told before once', () => {
    record();
    for (const report of reporter.recorded()) add(report);
    record(1);
    add(reporter.everything());
    assert.deepEqual(counts(), [2, ...Array<number>(MANY - 1).fill(1)]);
  });
});
