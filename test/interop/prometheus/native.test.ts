import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { METRIC } from '@example/prometheus-grafana/build/src/durations';
import { QUERIES } from '@example/prometheus-grafana/build/src/queries';
import { Scope } from '@example/prometheus-grafana/build/src/scope';
import { eventually, Program } from '@test/support';
import type { Bounds } from './bounds';
import type { RecordedSpan } from './programs/traced';
import { RELEASES } from '@test/support/build/prometheus-releases';
import type { PrometheusServer } from '@test/support/build/prometheus-server';
import { ScrapedDemos } from './scraped-demos';

const TRACED = require.resolve('./programs/traced');

/** How far from the truth a quantile may be, as a share of it. */
const TOLERANCE = 0.05;
/**
 * Prometheus takes the durations of a bucket to be spread over it. Where there are but a few, they are not: a quantile is
 * then no nearer to the truth than to the durations beside it. So many of them on each side count as it.
 */
const NEIGHBOURS = 2;
/** So long that the rarest operation has some durations in the buckets of its P95. */
const SECONDS = 20;
/** Of so many durations at least, the highest hundredth is told. */
const ENOUGH_FOR_P99 = 1000;

for (const release of RELEASES) {
  describe(`${release.title} with native histograms and exemplars, which scrapes a traced demo`, function () {
    this.timeout(120_000);

    let folder: string;
    let scraped: ScrapedDemos;
    let prometheus: PrometheusServer;
    let spans: readonly RecordedSpan[];
    let end: number;

    before(async () => {
      folder = mkdtempSync(join(tmpdir(), 'spans-'));
      const file = join(folder, 'spans.jsonl');
      const env = { NODE_OPTIONS: `--require ${TRACED}`, SPANS_FILE: file };
      scraped = await ScrapedDemos.start(release, 'native', 1, { seconds: SECONDS, env });
      ({ prometheus } = scraped);
      const calls = [...(await scraped.calls()).values()].flat();
      const count = calls.reduce((sum, call) => sum + call.count, 0);
      end = await scraped.timeOfCompletion(count);
      spans = await eventually('a span of every call', () => Promise.resolve(spansIn(file, count)));
    });

    after(async () => {
      // Undefined where starting them has failed.
      await (scraped as ScrapedDemos | undefined)?.stop();
      await Program.killAll();
      rmSync(folder, { recursive: true });
    });

    it('stores one series for each combination of labels, and none with le', async () => {
      const series = await prometheus.series(`{__name__=~"${METRIC}.*"}`);
      assert.deepEqual([...new Set(series.map(labels => labels.__name__))], [METRIC]);
      assert.ok(series.length > 1);
    });

    for (const fraction of [0.5, 0.95, 0.99]) {
      it(`tells P${fraction * 100} of each operation within 5 %`, async () => {
        const query = `histogram_quantile(${fraction}, sum by (db_operation_name) (${METRIC}))`;
        const answer = await prometheus.query(query, end);
        const told = answer.map(({ metric, value }) => ({
          operation: metric.db_operation_name ?? '',
          seconds: Number(value?.[1]),
        }));
        assert.deepEqual(
          told.map(({ operation }) => operation).sort(),
          [...new Set(spans.map(span => span.operation))].sort(),
        );
        const compared = told
          .map(({ operation, seconds }) => ({
            operation,
            seconds,
            sorted: durationsOf(operation, spans),
          }))
          .filter(({ sorted }) => fraction <= 0.95 || sorted.length >= ENOUGH_FOR_P99);
        assert.ok(compared.length > 0);
        const beyond = compared
          .map(({ operation, seconds, sorted }) => {
            const exact = quantileOf(fraction, sorted);
            return { operation, seconds, exact, error: errorOf(seconds, exact) };
          })
          .filter(({ error }) => error > TOLERANCE);
        assert.deepEqual(beyond, []);
      });
    }

    it('keeps exemplars of spans that were recorded, with their durations', async () => {
      const query = QUERIES.p99(new Scope({ histograms: 'native', range: '5m' }));
      const kept = (await prometheus.exemplars(query)).flatMap(({ exemplars }) => exemplars);
      assert.ok(kept.length > 10, `there are ${kept.length}`);
      const recorded = new Map(spans.map(span => [span.spanId, span]));
      for (const { labels, value } of kept) {
        const span = recorded.get(labels.span_id ?? '');
        assert.equal(span?.traceId, labels.trace_id);
        assert.ok(Math.abs(Number(value) - (span?.seconds ?? NaN)) < 1e-9);
      }
    });
  });
}

/** Undefined as long as there are fewer; what the program does beside its calls has spans too. */
function spansIn(file: string, count: number): RecordedSpan[] | undefined {
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
  if (lines.length < count) return undefined;
  return lines.map(line => JSON.parse(line) as RecordedSpan);
}

function durationsOf(operation: string, spans: readonly RecordedSpan[]): number[] {
  const durations = spans.filter(span => span.operation === operation).map(span => span.seconds);
  return durations.sort((a, b) => a - b);
}

/** @param sorted all durations, of which there is at least one */
function quantileOf(fraction: number, sorted: readonly number[]): Bounds {
  const index = Math.ceil(fraction * sorted.length) - 1;
  return {
    low: sorted[Math.max(index - NEIGHBOURS, 0)] ?? NaN,
    high: sorted[Math.min(index + NEIGHBOURS, sorted.length - 1)] ?? NaN,
  };
}

/** As a share of the truth. */
function errorOf(seconds: number, { low, high }: Bounds): number {
  if (seconds < low) return 1 - seconds / low;
  return seconds > high ? seconds / high - 1 : 0;
}
