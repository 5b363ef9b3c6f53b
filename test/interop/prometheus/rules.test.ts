import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { alerts as alertsOf } from '@example/prometheus-grafana/build/src/alerts';
import { CLIENT_ALERTS } from '@example/prometheus-grafana/build/src/client-rules';
import { HISTOGRAM_KINDS } from '@example/prometheus-grafana/build/src/scope';
import { PROMETHEUS_EXAMPLE, readExampleYaml } from '../../prometheus-grafana/example-files';
import { isSince, RELEASES } from '@test/support/build/prometheus-releases';

const CONFIG_FOLDER = join(PROMETHEUS_EXAMPLE, 'prometheus');

/** The rule files and their tests, from the folder of the configuration. */
const RULES = filesBelow('rules');
const TESTS = filesBelow('tests');

/** The oldest whose promtool can write down a native histogram. */
const NATIVE_IN_TESTS = [3, 0] as const;

for (const release of RELEASES) {
  const { title, promtool } = release;

  describe(`promtool of ${title}`, () => {
    for (const file of ['prometheus.yml', 'prometheus-native.yml']) {
      it(`finds nothing wrong with ${file}`, () => {
        run('check', 'config', file);
      });
    }

    it('finds nothing wrong with the rules', () => {
      run('check', 'rules', ...RULES);
    });

    for (const file of TESTS) {
      if (file.includes('native') && !isSince(release, NATIVE_IN_TESTS)) continue;
      it(`finds all of ${file} to be so`, () => {
        run('test', 'rules', file);
      });
    }
  });

  function run(...args: readonly string[]): void {
    const { status, stdout, stderr } = spawnSync(promtool, args, {
      cwd: CONFIG_FOLDER,
      encoding: 'utf8',
    });
    assert.equal(status, 0, stdout + stderr);
  }
}

/** The tests of the alerts that a file has. */
const ALERT_TESTS = [
  ...HISTOGRAM_KINDS.map(kind => ({
    file: `tests/${kind}/alerts.test.yml`,
    alerts: alertsOf(kind).groups.flatMap(({ rules }) => rules),
  })),
  { file: 'tests/client.test.yml', alerts: CLIENT_ALERTS },
];

for (const { file, alerts } of ALERT_TESTS) {
  describe(file, () => {
    const { tests } = readExampleYaml(`prometheus/${file}`) as RuleTests;
    const tested = tests.flatMap(({ alert_rule_test = [] }) => alert_rule_test);

    for (const { alert } of alerts) {
      it(`has ${alert} fire, and not fire`, () => {
        const expectations = tested.filter(({ alertname }) => alertname === alert);
        const fires = expectations.map(({ exp_alerts }) => exp_alerts.length > 0);
        assert.deepEqual([...new Set(fires)].sort(), [false, true]);
      });
    }
  });
}

/** What is looked at of a file for `promtool test rules`. */
interface RuleTests {
  readonly tests: readonly {
    readonly alert_rule_test?: readonly {
      readonly alertname: string;
      readonly exp_alerts: readonly unknown[];
    }[];
  }[];
}

function filesBelow(folder: string): string[] {
  return readdirSync(join(CONFIG_FOLDER, folder), { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.yml'))
    .map(file => `${folder}/${file}`)
    .sort();
}
