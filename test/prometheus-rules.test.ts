import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { alerts } from '@example/prometheus-grafana/build/src/alerts';
import { generatedFiles } from '@example/prometheus-grafana/build/src/generated-files';
import { QUERIES } from '@example/prometheus-grafana/build/src/queries';
import {
  recordingRules,
  RECORDING_RULES,
} from '@example/prometheus-grafana/build/src/recording-rules';
import { Scope } from '@example/prometheus-grafana/build/src/scope';
import { queriesOf } from './support/documented-queries';
import { PROMETHEUS_EXAMPLE, readExampleYaml } from './support/example-files';
import { needPrometheus } from './support/prometheus-binaries';
import { ROOT } from './support/tarballs';

const COOKBOOK = 'docs/promql.md';
const CONFIG_FOLDER = join(PROMETHEUS_EXAMPLE, 'prometheus');
const TESTS = readdirSync(join(CONFIG_FOLDER, 'tests')).map(file => `tests/${file}`);

/** The labels that aerospike-py has too, and those that Prometheus adds. */
const SHARED_LABELS = [
  'db_system_name',
  'db_namespace',
  'db_collection_name',
  'db_operation_name',
  'error_type',
  'job',
  'instance',
  'le',
];

const QUERY_TEXTS = Object.values(QUERIES).map(query => query(new Scope({ range: '5m' })));

describe('the queries', () => {
  it('are documented, each of them once', () => {
    assert.deepEqual(queriesOf(COOKBOOK).sort(), [...QUERY_TEXTS].sort());
  });

  it('use no label that aerospike-py does not have', () => {
    const used = QUERY_TEXTS.flatMap(text => [
      ...Array.from(text.matchAll(/(\w+)[!=]~?"/g), ([, label = '']) => label),
      ...Array.from(text.matchAll(/by \(([^)]*)\)/g), ([, labels = '']) =>
        labels.split(', '),
      ).flat(),
    ]);
    assert.deepEqual(
      used.filter(label => !SHARED_LABELS.includes(label)),
      [],
    );
  });
});

describe('the files made from the queries', () => {
  it('are those of today: npm run generate -w @example/prometheus-grafana', async () => {
    for (const [file, content] of await generatedFiles()) {
      assert.equal(readFileSync(file, 'utf8'), content, relative(ROOT, file));
    }
  });

  it('have names for all that they record and alert on in the documentation', () => {
    const text = readFileSync(join(ROOT, COOKBOOK), 'utf8');
    const names = [
      ...RECORDING_RULES.map(({ record }) => record),
      ...alerts().groups.flatMap(({ rules }) => rules.map(({ alert }) => alert)),
    ];
    assert.deepEqual(
      names.filter(name => !text.includes(`\`${name}\``)),
      [],
    );
  });

  it('record under the name that the labels and the operations make: level:metric:operations', () => {
    const words: Readonly<Record<string, string>> = {
      db_namespace: 'namespace',
      db_operation_name: 'operation',
    };
    for (const { record, labels = {}, expr } of recordingRules().groups.flatMap(
      ({ rules }) => rules,
    )) {
      const [, by = ''] = /by \(([^)]*)\)/.exec(expr) ?? [];
      const kept = by.split(', ').filter(label => label !== 'le');
      const level = [...kept, ...Object.keys(labels)].map(label => words[label] ?? label).join('_');
      assert.match(record, new RegExp(`^${level}:db_client_operation\\w+:\\w+$`));
    }
  });
});

describe('promtool', () => {
  before(function () {
    needPrometheus(this);
  });

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
