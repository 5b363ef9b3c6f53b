import assert from 'node:assert/strict';
import { METRIC } from '@example/prometheus-grafana/build/src/durations';
import type { AerospikeMemoryServer } from 'aerospike-memory-server';
import {
  DASHBOARDS,
  interpolate,
  panelQueries,
  withoutAll,
} from '../../prometheus-grafana/dashboard-queries';
import { readExampleYaml } from '../../prometheus-grafana/example-files';
import { EXPECTED } from '../prometheus/expected-answers';
import { MeasuredWindow } from '../prometheus/measured-window';
import { RELEASES, type PrometheusRelease } from '@test/support/build/prometheus-releases';
import { PrometheusServer } from '@test/support/build/prometheus-server';
import { CallingProgram } from '../calling-program';
import { AGREED, CALLS } from '../calls';
import { databaseOfCalls } from '../database';
import { sharedOf, totals } from '../outcome';
import { assertAnswer } from '../prometheus/assert-answer';
import { namesFor } from '../prometheus/query-names';
import { timeOf } from '../prometheus/time-of';
import { goProgram } from '../toolchains/go';
import { Collector } from './collector';

/** That of the queries in seconds. All that the instances do is in it. */
const WINDOW = 300;
/** Values of service.instance.id. */
const INSTANCES = ['shop-1', 'shop-2', 'shop-3'];
/** How often each call is done: some before Prometheus has seen its series, and then the rest. */
const ROUNDS = [1, 3];
/** Those with which nothing is to go wrong. */
const SOUND = AGREED.filter(name => CALLS[name]?.fault === undefined);

interface PrometheusConfig {
  readonly scrape_configs: readonly { readonly job_name: string }[];
}

/** The queries of operations. */
const NAMES = namesFor('classic');

/** Metrics of the client's own state. The one of nodes that come and go is not there before one does. */
const CLIENT_STATE =
  /(db_client_connection|aerospike_client_(command|node_(count|errors|timeouts|key_busy)))[_{]/;

const [release] = RELEASES as readonly [PrometheusRelease];

describe(`a Collector between several instances and ${release.title}`, function () {
  // Building the Collector takes minutes, the first time.
  this.timeout(900_000);

  let database: AerospikeMemoryServer;
  let collector: Collector;
  let prometheus: PrometheusServer;
  const instances: CallingProgram[] = [];
  let end: number;
  let window: MeasuredWindow;

  before(async function () {
    const executable = await goProgram(this, 'otel-collector');
    database = await databaseOfCalls();
    collector = await Collector.start(executable);
    prometheus = await PrometheusServer.start({ release, config: configFor(collector) });
    for (const id of INSTANCES) instances.push(await instance(id));
    let times = 0;
    for (const round of ROUNDS) {
      for (const call of SOUND) {
        await Promise.all(instances.map(one => one.call(call, round)));
      }
      times += round;
      const calls = SOUND.length * times * INSTANCES.length;
      end = await timeOf(prometheus, `sum(${METRIC}_count) == ${calls}`);
    }
    window = await MeasuredWindow.read(prometheus, 'classic', end, WINDOW);
  });

  // There are none where the suite is left out.
  after(async () => {
    for (const one of instances) await one.stop();
    await (prometheus as PrometheusServer | undefined)?.stop();
    await (collector as Collector | undefined)?.stop();
    await (database as AerospikeMemoryServer | undefined)?.stop();
  });

  function instance(id: string): Promise<CallingProgram> {
    return CallingProgram.inNode(database.port, id, {
      OTEL_METRICS_EXPORTER: 'otlp',
      OTEL_METRIC_EXPORT_INTERVAL: '200',
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_SERVICE_NAME: 'shop',
      OTEL_RESOURCE_ATTRIBUTES: `service.instance.id=${id}`,
    });
  }

  it('keeps the instances apart, as instances of one job', async () => {
    const answer = await prometheus.query(`count by (job, instance) (${METRIC}_count)`, end);
    assert.deepEqual(
      answer.map(({ metric }) => metric).sort((a, b) => compare(a.instance, b.instance)),
      INSTANCES.map(id => ({ job: 'shop', instance: id })),
    );
  });

  for (const id of INSTANCES) {
    it(`has counted every call of ${id}`, () => {
      const counted = window.lastCounts().filter(({ labels }) => labels.instance === id);
      const times = ROUNDS.reduce((sum, round) => sum + round);
      assert.deepEqual(
        totals(counted.map(({ labels, value }) => [sharedOf(labels), value])),
        totals(SOUND.map(name => [CALLS[name]?.counted ?? {}, times])),
      );
    });
  }

  describe("answers the dashboard's query", () => {
    for (const { place, expr } of panelQueries(DASHBOARDS.classic)) {
      const name = NAMES.get(withoutAll(interpolate(expr)));
      if (name === undefined && !CLIENT_STATE.test(expr)) continue;
      it(place, async () => {
        const answer = await prometheus.query(interpolate(expr, { job: 'shop' }), end);
        if (name === undefined) assert.notDeepEqual(answer, []);
        else assertAnswer(answer, EXPECTED[name](window));
      });
    }
  });
});

/** The way that the Compose project's Prometheus scrapes its Collector, but for the address and more often. */
function configFor({ target }: Collector): object {
  const { scrape_configs: scrapes } = readExampleYaml(
    'prometheus/prometheus.yml',
  ) as PrometheusConfig;
  const scrape = scrapes.find(({ job_name: name }) => name === 'otel-collector');
  return {
    global: { scrape_interval: '100ms', evaluation_interval: '1s' },
    scrape_configs: [{ ...scrape, static_configs: [{ targets: [target] }] }],
  };
}

function compare(a = '', b = ''): number {
  return a.localeCompare(b);
}
