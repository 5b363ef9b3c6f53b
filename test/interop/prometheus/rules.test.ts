import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { alerts } from '@example/prometheus-grafana/build/src/alerts';
import { PROMETHEUS_EXAMPLE, readExampleYaml } from '../../prometheus-grafana/example-files';
import { needPrometheus } from './prometheus-binaries';

const CONFIG_FOLDER = join(PROMETHEUS_EXAMPLE, 'prometheus');
const TESTS = readdirSync(join(CONFIG_FOLDER, 'tests')).map(file => `tests/${file}`);

describe('promtool', () => {
  before(needPrometheus);

  it('finds nothing wrong with the configuration and its rules', () => {
    promtool('check', 'config', 'prometheus.yml');
    promtool(
      'check',
      'rules',
      ...readdirSync(join(CONFIG_FOLDER, 'rules')).map(file => `rules/${file}`),
    );
  });

  for (const file of TESTS) {
    it(`finds all of ${file} to be so`, () => {
      promtool('test', 'rules', file);
    });
  }

  it('is told of each alert when it fires, and when it does not', () => {
    const tested = TESTS.flatMap(file => {
      const { tests } = readExampleYaml(`prometheus/${file}`) as RuleTests;
      return tests.flatMap(({ alert_rule_test = [] }) => alert_rule_test);
    });
    for (const { alert } of alerts().groups.flatMap(({ rules }) => rules)) {
      const expectations = tested.filter(({ alertname }) => alertname === alert);
      assert.ok(
        expectations.some(({ exp_alerts }) => exp_alerts.length > 0),
        alert,
      );
      assert.ok(
        expectations.some(({ exp_alerts }) => exp_alerts.length === 0),
        alert,
      );
    }
  });
});

/** What is looked at of a file for `promtool test rules`. */
interface RuleTests {
  readonly tests: readonly {
    readonly alert_rule_test?: readonly {
      readonly alertname: string;
      readonly exp_alerts: readonly unknown[];
    }[];
  }[];
}

function promtool(...args: readonly string[]): void {
  const { status, stdout, stderr } = spawnSync('promtool', args, {
    cwd: CONFIG_FOLDER,
    encoding: 'utf8',
  });
  assert.equal(status, 0, stdout + stderr);
}
