import assert from 'node:assert/strict';
import { HISTOGRAM_KINDS } from '@example/prometheus-grafana/build/src/scope';
import { DASHBOARDS, interpolate } from './dashboard-queries';
import { readExampleYaml } from './example-files';

for (const kind of HISTOGRAM_KINDS) {
  const { panels, templating } = DASHBOARDS[kind];
  const targets = panels.flatMap(panel =>
    (panel.targets ?? []).map(target => ({ ...target, panel })),
  );

  describe(`the dashboard for ${kind} histograms`, () => {
    it('has a panel for each question', () => {
      assert.deepEqual(
        panels.map(({ type, title }) => `${type}: ${title}`),
        [
          'row: Operations',
          'timeseries: Operations per second, by operation',
          'timeseries: Operations per second, by namespace',
          'timeseries: Latency: P50, P95, P99',
          'timeseries: Event loop delay: P99',
          'heatmap: Latency: operations per second in each bucket',
          'timeseries: Latency: P99, by operation',
          'timeseries: Failures per second, by type',
          'timeseries: Share of operations that fail',
          'timeseries: Operations under way, by operation',
          'timeseries: Sets by time spent: the first ten',
          'table: Operations',
          'row: Client',
          'timeseries: Connections, by node and state',
          'timeseries: Connections opened and closed per second, by node',
          'timeseries: Commands in flight and queued',
          'timeseries: Nodes and their changes',
          'timeseries: Errors per second, by node',
          'timeseries: Timeouts per second, by node',
        ],
      );
    });

    it('can be narrowed by every variable in every panel of operations', () => {
      const names = templating.list.map(({ name }) => name);
      assert.deepEqual(names, ['datasource', 'job', 'instance', 'namespace', 'set']);
      const operations = targets.filter(({ expr }) => expr.includes('db_client_operation'));
      assert.ok(operations.length > 0);
      for (const { expr, panel } of operations) {
        for (const name of names.slice(1)) assert.ok(expr.includes(`=~"$${name}"`), panel.title);
      }
    });

    it('can be narrowed by job and instance in every panel', () => {
      for (const { expr, panel } of targets) {
        assert.equal(panel.datasource?.uid, '${datasource}');
        for (const name of ['job', 'instance'])
          assert.ok(expr.includes(`=~"$${name}"`), panel.title);
      }
    });

    it('uses no variable that it does not have', () => {
      const used = [
        ...targets.map(({ expr }) => expr),
        ...templating.list.map(({ query }) => query),
      ];
      const selected = Object.fromEntries(templating.list.map(({ name }) => [name, 'chosen']));
      assert.deepEqual(
        used.filter(text => interpolate(text, selected).includes('".*"')),
        [],
      );
    });

    it('names its lines by labels that they have', () => {
      for (const { expr, legendFormat = '', panel } of targets) {
        const by = Array.from(expr.matchAll(/by \(([^)]*)\)/g), ([, labels = '']) =>
          labels.split(', '),
        ).flat();
        const named = Array.from(legendFormat.matchAll(/{{(\w+)}}/g), ([, label = '']) => label);
        assert.deepEqual(
          named.filter(label => !by.includes(label)),
          [],
          panel.title,
        );
      }
    });

    it('shows exemplars where durations are drawn, and nowhere else', () => {
      const withExemplars = targets
        .filter(({ exemplar }) => exemplar)
        .map(({ panel }) => panel.title);
      assert.deepEqual(
        [...new Set(withExemplars)],
        [
          'Latency: P50, P95, P99',
          'Latency: operations per second in each bucket',
          'Latency: P99, by operation',
        ],
      );
    });

    it('has room for every panel', () => {
      const cells = panels.flatMap(({ title, gridPos: { x, y, w, h } }) => {
        assert.ok(x + w <= 24, title);
        return Array.from(
          { length: w * h },
          (_, cell) => `${x + (cell % w)},${y + Math.floor(cell / w)}`,
        );
      });
      assert.equal(new Set(cells).size, cells.length);
      assert.equal(new Set(panels.map(({ id }) => id)).size, panels.length);
    });
  });
}

describe('the two dashboards', () => {
  it('can both be imported', () => {
    assert.notEqual(DASHBOARDS.classic.uid, DASHBOARDS.native.uid);
  });

  it('ask for one kind of histograms each', () => {
    const asked = (kind: 'classic' | 'native') => JSON.stringify(DASHBOARDS[kind]);
    assert.doesNotMatch(asked('classic'), /duration_seconds{/);
    assert.doesNotMatch(asked('native'), /duration_seconds_(bucket|sum|count){/);
  });
});

describe('the provisioning of Grafana', () => {
  it('has a data source whose interval is that of the scrapes', () => {
    const { datasources } = readExampleYaml('grafana/provisioning/datasources/prometheus.yaml') as {
      datasources: { type: string; jsonData: { timeInterval: string } }[];
    };
    const { global } = readExampleYaml('prometheus/prometheus.yml') as {
      global: { scrape_interval: string };
    };
    assert.deepEqual(
      datasources.map(({ type, jsonData }) => [type, jsonData.timeInterval]),
      [['prometheus', global.scrape_interval]],
    );
  });
});
