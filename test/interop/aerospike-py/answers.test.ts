import assert from 'node:assert/strict';
import { METRIC } from '@example/prometheus-grafana/build/src/durations';
import { OPERATION_QUERIES } from '@example/prometheus-grafana/build/src/operation-queries';
import { RECORDING_RULES } from '@example/prometheus-grafana/build/src/recording-rules';
import { Scope } from '@example/prometheus-grafana/build/src/scope';
import {
  DASHBOARDS,
  interpolate,
  panelQueries,
  withoutAll,
} from '../../prometheus-grafana/dashboard-queries';
import { DOCUMENTS_WITH_QUERIES, queriesOf } from '../../prometheus-grafana/documented-queries';
import { AGREED, CALLS } from '../calls';
import { sharedOf, totals } from '../outcome';
import { assertAnswer } from '../prometheus/assert-answer';
import { EXPECTED } from '../prometheus/expected-answers';
import { MeasuredWindow } from '../prometheus/measured-window';
import { RELEASES } from '@test/support/build/prometheus-releases';
import type { PrometheusServer, Series } from '@test/support/build/prometheus-server';
import { namesFor, type QueryName } from '../prometheus/query-names';
import { python } from '../toolchains/python';
import { ScrapedServices } from './scraped-services';
import type { ServiceName } from './service';
import { SideBySide } from './side-by-side';

/** That of the queries in seconds. All that the services do is in it. */
const WINDOW = 300;
const SERVICES: readonly ServiceName[] = ['node', 'python'];
/** How often each call is done: some before Prometheus has seen its series, and then the rest. */
const ROUNDS = [1, 4];

/** The calls that were made, by the labels that they are counted under. */
const MADE = totals(
  AGREED.map(name => [CALLS[name]?.counted ?? {}, ROUNDS.reduce((sum, times) => sum + times)]),
);

/** The queries of operations. aerospike-py tells nothing of the client's own state, and has no native histograms. */
const NAMES = namesFor('classic');

for (const release of RELEASES) {
  describe(`${release.title}, which scrapes aerospike-py and this package`, function () {
    this.timeout(300_000);

    let services: SideBySide;
    let scraped: ScrapedServices;
    let prometheus: PrometheusServer;
    let end: number;
    let windows: Readonly<Record<ServiceName | 'both', MeasuredWindow>>;

    before(async function () {
      services = await SideBySide.start(await python(this));
      scraped = await ScrapedServices.start(release, services);
      ({ prometheus } = scraped);
      for (const times of ROUNDS) {
        for (const call of AGREED) await services.call(call, times);
        end = await scraped.timeOfCounts();
      }
      windows = await windowsAt(end);
    });

    // There are none where the suite is left out.
    after(async () => {
      await (scraped as ScrapedServices | undefined)?.stop();
      await (services as SideBySide | undefined)?.stop();
    });

    for (const service of SERVICES) {
      it(`has counted every call of the service "${service}"`, () => {
        const counted = windows[service].lastCounts();
        assert.deepEqual(
          totals(counted.map(({ labels, value }) => [sharedOf(labels), value])),
          MADE,
        );
      });
    }

    it('has the same boundaries of both', async () => {
      const boundaries = async (service: ServiceName) => {
        const series = `${METRIC}_bucket{job="${service}"}`;
        const texts = (await prometheus.labelValues('le', series)).filter(text => text !== '+Inf');
        return texts.map(Number).sort((a, b) => a - b);
      };
      assert.deepEqual(await boundaries('python'), [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10]);
      assert.deepEqual(await boundaries('node'), await boundaries('python'));
    });

    for (const file of DOCUMENTS_WITH_QUERIES) {
      describe(`answers the query of ${file} for both, and alike for each`, () => {
        for (const [index, query] of queriesOf(file).entries()) {
          const name = NAMES.get(query);
          if (name === undefined) continue;
          it(`${index + 1}, ${name}`, async () => {
            assertAnswer(await prometheus.query(query, end), EXPECTED[name](windows.both));
            await assertAlike(name, job =>
              OPERATION_QUERIES[name](new Scope({ range: '5m', matchers: [`job="${job}"`] })),
            );
          });
        }
      });
    }

    describe("answers the dashboard's query alike for each", () => {
      for (const { place, expr } of panelQueries(DASHBOARDS.classic)) {
        const name = NAMES.get(withoutAll(interpolate(expr)));
        if (name === undefined) continue;
        it(place, () => assertAlike(name, job => interpolate(expr, { job })));
      }
    });

    describe('records alike for each', () => {
      let time: number;
      let recorded: typeof windows;

      before(async () => {
        time = await scraped.timeOfRecording(end);
        recorded = await windowsAt(time);
      });

      for (const { record, labels = {}, query } of RECORDING_RULES) {
        const matchers = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
        it([record, ...matchers].join(' '), () =>
          assertAlike(query, job => `${record}{${[`job="${job}"`, ...matchers].join(', ')}}`, {
            more: ['__name__', 'job', ...Object.keys(labels)],
            expected: recorded,
            time,
          }),
        );
      }
    });

    async function windowsAt(time: number): Promise<typeof windows> {
      const read = (matchers: string) =>
        MeasuredWindow.read(prometheus, 'classic', time, WINDOW, matchers);
      return {
        both: await read(''),
        node: await read('job="node"'),
        python: await read('job="python"'),
      };
    }

    /**
     * Asks about each service by itself: each has its own numbers, and both the same labels.
     *
     * @param more labels that the answer may have beside those of the query
     */
    async function assertAlike(
      name: QueryName,
      queryFor: (service: ServiceName) => string,
      { more = [] as readonly string[], expected = windows, time = end } = {},
    ): Promise<void> {
      const labels = new Map<ServiceName, string[]>();
      for (const service of SERVICES) {
        const answer = await prometheus.query(queryFor(service), time);
        assertAnswer(answer, EXPECTED[name](expected[service]), more);
        labels.set(service, answer.map(comparable).sort());
      }
      assert.deepEqual(labels.get('node'), labels.get('python'));
    }
  });
}

/** The labels of a series, but for those that tell the services apart, and for how a boundary is written. */
function comparable({ metric }: Series): string {
  const labels = Object.entries(metric)
    .filter(([label]) => label !== 'job' && label !== 'instance')
    .map(([label, value]) => (label === 'le' ? `le=${Number(value)}` : `${label}=${value}`));
  return labels.sort().join(' ');
}
