import assert from 'node:assert/strict';
import type { CallCount } from '@example/aerospike-demo/build/src/traffic';
import { RECORDING_RULES } from '@example/prometheus-grafana/build/src/recording-rules';
import { HISTOGRAM_KINDS } from '@example/prometheus-grafana/build/src/scope';
import { assertAnswer } from './assert-answer';
import {
  DASHBOARDS,
  interpolate,
  panelQueries,
  withoutAll,
} from '../../prometheus-grafana/dashboard-queries';
import { DOCUMENTS_WITH_QUERIES, queriesOf } from '../../prometheus-grafana/documented-queries';
import { eventually, Program } from '@test/support';
import { EXPECTED } from './expected-answers';
import { MeasuredWindow } from './measured-window';
import { RELEASES } from '@test/support/build/prometheus-releases';
import type { Labels, PrometheusServer } from '@test/support/build/prometheus-server';
import { namesFor } from './query-names';
import { ScrapedDemos } from './scraped-demos';

/** The range of the queries in seconds. All that the demos do lies in it. */
const WINDOW = 300;

const CASES = RELEASES.flatMap(release =>
  HISTOGRAM_KINDS.map(histograms => ({ release, histograms })),
);

for (const { release, histograms } of CASES) {
  const names = namesFor(histograms);
  const dashboard = DASHBOARDS[histograms];

  describe(`${release.title}, which scrapes ${histograms} histograms of two demos`, function () {
    this.timeout(90_000);

    let scraped: ScrapedDemos;
    let prometheus: PrometheusServer;
    let calls: ReadonlyMap<string, readonly CallCount[]>;
    let end: number;
    let window: MeasuredWindow;

    before(async () => {
      scraped = await ScrapedDemos.start(release, histograms, 2);
      ({ prometheus } = scraped);
      calls = await scraped.calls();
      const all = [...calls.values()].flat().reduce((sum, { count }) => sum + count, 0);
      end = await scraped.timeOfCompletion(all);
      window = await MeasuredWindow.read(prometheus, histograms, end, WINDOW);
    });

    after(async () => {
      // There are none where starting them has failed.
      await (scraped as ScrapedDemos | undefined)?.stop();
      await Program.killAll();
    });

    it('has counted every call: by instance, operation, namespace, set and status code', () => {
      const counted = window.lastCounts().filter(({ labels }) => labels.db_namespace);
      const made = Array.from(calls, ([instance, all]) =>
        all.map(({ operation, namespace, set, code, count }) =>
          [instance, operation, namespace, set, code ?? '', count].join(' '),
        ),
      );
      assert.deepEqual(counted.map(lineOf).sort(), made.flat().sort());
    });

    describe('answers the documented query', () => {
      for (const file of DOCUMENTS_WITH_QUERIES) {
        for (const [index, query] of queriesOf(file).entries()) {
          const name = names.get(query);
          if (name === undefined) continue;
          it(`${index + 1} of ${file}, ${name}`, async () => {
            assertAnswer(await prometheus.query(query, end), EXPECTED[name](window));
          });
        }
      }
    });

    describe('records', () => {
      let time: number;
      let recorded: MeasuredWindow;

      before(async () => {
        time = await scraped.timeOfRecording(end);
        recorded = await MeasuredWindow.read(prometheus, histograms, time, WINDOW);
      });

      for (const { record, labels = {}, query } of RECORDING_RULES) {
        it(`${record}${textOf(labels)}`, async () => {
          const answer = await prometheus.query(`${record}${textOf(labels)}`, time);
          assertAnswer(answer, EXPECTED[query](recorded), [
            '__name__',
            'job',
            ...Object.keys(labels),
          ]);
          assert.deepEqual([...new Set(answer.map(({ metric }) => metric.job))], ['application']);
        });
      }
    });

    describe("answers the dashboard's query", () => {
      for (const { place, expr } of panelQueries(dashboard)) {
        const query = interpolate(expr);
        const name = names.get(withoutAll(query));
        if (name === undefined) continue;
        it(place, async () => {
          assertAnswer(await prometheus.query(query, end), EXPECTED[name](window));
        });
      }

      it('for what is chosen of the instances, namespaces and sets', async () => {
        const [instance = ''] = calls.keys();
        const selected = { instance, namespace: 'test', set: '(users|carts)' };
        const [panel] = panelQueries(dashboard);
        const chosen = window.rate(
          'count',
          ['db_operation_name'],
          labels => labels.instance === instance && labels.db_collection_name === 'users',
        );
        assertAnswer(
          await prometheus.query(interpolate(panel?.expr ?? '', selected), end),
          chosen,
          [],
        );
      });

      for (const [variable, values] of [
        ['job', () => ['application']],
        ['instance', () => [...calls.keys()]],
        ['namespace', () => ['bar', 'test']],
        ['set', () => ['carts', 'orders', 'sessions', 'users']],
      ] as const) {
        it(`for the values of $${variable}`, async () => {
          const { query = '' } =
            dashboard.templating.list.find(({ name }) => name === variable) ?? {};
          const [, series = '', label = ''] = /^label_values\((.*), (\w+)\)$/.exec(query) ?? [];
          const answer = await prometheus.labelValues(label, interpolate(series));
          assert.deepEqual(answer.sort(), values().sort());
        });
      }
    });

    it('fires an alert when an instance is gone', async () => {
      const [gone] = scraped.demos;
      gone?.process.signal('SIGTERM');
      const alert = await eventually('the alert', async () => {
        const alerts = await prometheus.alerts();
        return alerts.find(
          ({ state, labels }) =>
            state === 'firing' &&
            labels.alertname === 'AerospikeTargetDown' &&
            labels.instance === gone?.instance,
        );
      });
      assert.equal(alert.labels.job, 'application');
    });
  });
}

function textOf(labels: Labels): string {
  const matchers = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
  return matchers.length > 0 ? `{${matchers.join(', ')}}` : '';
}

function lineOf({ labels, value }: { labels: Labels; value: number }): string {
  return [
    labels.instance,
    labels.db_operation_name,
    labels.db_namespace,
    labels.db_collection_name,
    labels.db_response_status_code ?? '',
    value,
  ].join(' ');
}
