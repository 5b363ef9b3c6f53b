import assert from 'node:assert/strict';
import { DASHBOARD, interpolate } from './dashboard-queries';
import { readExampleYaml } from './example-files';

const { panels, templating } = DASHBOARD;
const targets = panels.flatMap(panel => panel.targets.map(target => ({ ...target, panel })));

describe('the dashboard', () => {
  it('has a panel for each question', () => {
    assert.deepEqual(
      panels.map(({ type, title }) => `${type}: ${title}`),
      [
        'timeseries: Operations per second, by operation',
        'timeseries: Latency: P50, P95, P99',
        'timeseries: Failures per second, by type',
        'timeseries: Operations per second, by namespace',
        'heatmap: Latency: operations per second in each bucket',
        'timeseries: Share of operations that fail',
        'timeseries: Latency: P99, by operation',
        'timeseries: Sets by time spent: the first ten',
        'table: Operations',
      ],
    );
  });

  it('can be narrowed by every variable in every panel', () => {
    const names = templating.list.map(({ name }) => name);
    assert.deepEqual(names, ['datasource', 'job', 'instance', 'namespace', 'set']);
    for (const { expr, panel } of targets) {
      assert.equal(panel.datasource.uid, '${datasource}');
      for (const name of names.slice(1)) assert.ok(expr.includes(`=~"$${name}"`), panel.title);
    }
  });

  it('uses no variable that it does not have', () => {
    const used = [...targets.map(({ expr }) => expr), ...templating.list.map(({ query }) => query)];
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
