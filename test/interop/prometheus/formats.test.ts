import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { METRIC } from '@example/prometheus-grafana/build/src/durations';
import { DemoProcess } from '@example/aerospike-demo/build/test/support/demo-process';
import { eventually, freePort, Program } from '@test/support';
import { readExampleYaml } from '../../prometheus-grafana/example-files';
import { ForwardedScrapes, type Format } from './forwarded-scrapes';
import { isSince, RELEASES } from '@test/support/build/prometheus-releases';
import { PrometheusServer, type Labels } from '@test/support/build/prometheus-server';

/** What the conventions call so, although Prometheus keeps the suffix for histograms. */
const GAUGES_NAMED_COUNT = [
  'aerospike_client_command_count',
  'aerospike_client_node_count',
  'db_client_connection_count',
];

for (const release of RELEASES) {
  describe(`${release.title}, which scrapes a demo in one format after the other`, function () {
    this.timeout(90_000);

    let scrapes: ForwardedScrapes;
    let prometheus: PrometheusServer;
    /** All series that there have been by the end of each format's turn. */
    const seriesBy = new Map<Format, readonly Labels[]>();

    before(async () => {
      const port = await freePort();
      const demo = new DemoProcess(port, ['--json', '--duration', '1', '--linger', '600']);
      // All that it measures has been measured.
      await demo.printed(/\n/);
      scrapes = await ForwardedScrapes.start(`http://127.0.0.1:${port}/metrics`);
      prometheus = await PrometheusServer.start({
        release,
        hasFeatures: true,
        config: scraping(scrapes.address),
      });
      for (const format of ['text', 'openmetrics', 'protobuf'] as const) {
        scrapes.choose(format);
        await eventually(`scrapes in ${format}`, () => Promise.resolve(scrapes.hasAnswered(3)));
        const later = `up == 1 and timestamp(up) > ${Date.now() / 1000}`;
        await eventually('a scrape that was taken', () => prometheus.value(later));
        seriesBy.set(format, await prometheus.series('{job="application"}'));
      }
    });

    after(async () => {
      // Undefined where starting them has failed.
      await (prometheus as PrometheusServer | undefined)?.stop();
      await (scrapes as ForwardedScrapes | undefined)?.stop();
      await Program.killAll();
    });

    it('writes a whole boundary in the form that the queries look for', () => {
      const boundaries = seriesOf('text', `${METRIC}_bucket`).map(({ le }) => le);
      const form = isSince(release, [3, 0]) ? '1.0' : '1';
      const whole = boundaries.filter(le => Number(le) === 1);
      assert.deepEqual([...new Set(whole)], [form]);
    });

    it('has no other series from OpenMetrics than from text', () => {
      assert.deepEqual(newIn('openmetrics', 'text'), []);
    });

    it('has one native histogram more for each combination of labels from protobuf, no more', () => {
      const combinations = seriesOf('text', `${METRIC}_count`).map(labels => ({
        ...labels,
        __name__: METRIC,
      }));
      assert.ok(combinations.length > 5);
      assert.deepEqual(newIn('protobuf', 'openmetrics'), combinations.map(textOf).sort());
    });

    it('has no sample with a suffix any more once it scrapes protobuf', async () => {
      const left = await prometheus.query(`count({__name__=~"${METRIC}_.+"})`);
      assert.deepEqual(left, []);
    });

    function seriesOf(format: Format, name: string): Labels[] {
      return (seriesBy.get(format) ?? []).filter(labels => labels.__name__ === name);
    }

    function newIn(format: Format, earlier: Format): string[] {
      const known = new Set(seriesBy.get(earlier)?.map(textOf));
      return (seriesBy.get(format) ?? [])
        .map(textOf)
        .filter(text => !known.has(text))
        .sort();
    }
  });
}

describe('promtool check metrics', function () {
  this.timeout(60_000);

  let text: string;

  before(async () => {
    const demo = new DemoProcess(await freePort(), ['--json', '--duration', '600']);
    text = await demo.scraped(
      scraped => scraped.includes(`${METRIC}_count{`) && scraped.includes('db_client_connection_'),
    );
  });

  after(() => Program.killAll());

  for (const { title, promtool } of RELEASES) {
    it(`of ${title} finds nothing wrong but gauges whose name ends in _count`, () => {
      const { stdout, stderr } = spawnSync(promtool, ['check', 'metrics'], {
        input: text,
        encoding: 'utf8',
      });
      const found = `${stdout}${stderr}`.split('\n').filter(line => line !== '');
      assert.deepEqual(
        found.sort(),
        GAUGES_NAMED_COUNT.map(
          name => `${name} non-histogram and non-summary metrics should not have "_count" suffix`,
        ),
      );
    });
  }
});

/** The smallest configuration of the example, with another target, and more often. */
function scraping(target: string): object {
  const { scrape_configs: scrapes } = readExampleYaml('prometheus/local.yml') as {
    readonly scrape_configs: readonly object[];
  };
  return {
    global: { scrape_interval: '200ms' },
    scrape_configs: scrapes.map(scrape => ({ ...scrape, static_configs: [{ targets: [target] }] })),
  };
}

function textOf(labels: Labels): string {
  return Object.entries(labels)
    .map(([label, value]) => `${label}="${value}"`)
    .sort()
    .join(' ');
}
