import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SUPPORTED_VERSIONS } from '../src/aerospike/supported-versions';

const PACKAGE = join(__dirname, '../..');
const README = readFileSync(join(PACKAGE, 'README.md'), 'utf8');

const MANIFEST = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8')) as {
  readonly engines: { readonly node: string };
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta: Readonly<Record<string, { readonly optional: boolean }>>;
};

/** What is said right before each table of options, and the file that checks them. The compiler has that name them all. */
const OPTIONS: readonly (readonly [said: string, type: string, file: string])[] = [
  ['AerospikeInstrumentation(config)', 'AerospikeInstrumentationConfig', 'config'],
  ['durationView(options)', 'DurationViewOptions', 'sdk/duration-view'],
  ['startMetricsServer(options)', 'MetricsServerOptions', 'prometheus/process-metrics'],
  [
    'AerospikeMetricProducer(options)',
    'AerospikeMetricProducerOptions',
    'sdk/aerospike-metric-producer',
  ],
  [
    'AerospikePrometheusExporter(options)',
    'AerospikePrometheusExporterOptions',
    'prometheus/aerospike-prometheus-exporter',
  ],
];

function source(file: string): string {
  return readFileSync(join(PACKAGE, 'src', `${file}.ts`), 'utf8');
}

function optionsOf(type: string, file: string): string[] {
  const [, body = ''] =
    new RegExp(`const OPTIONS: Kinds<${type}> = \\{\\n(.*?)\\n\\}`, 's').exec(source(file)) ?? [];
  return Array.from(body.matchAll(/^ {2}(\w+):/gm), ([, name = '']) => name);
}

/** The first table after some words: the cells of each row but the head. */
function tableAfter(words: string): string[][] {
  const [, after = ''] = README.split(words, 2);
  const [table = ''] = /(?:^\|.*\n)+/m.exec(after) ?? [];
  const rows = table.trimEnd().split('\n').slice(2);
  return rows.map(row =>
    row
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map(cell => cell.trim().replaceAll('\\|', '|')),
  );
}

/** The names without a row of a table that begins with them. */
function withoutRow(names: readonly string[]): string[] {
  assert.ok(names.length > 0, 'nothing to look for');
  return names.filter(name => !new RegExp(`^\\|[^|]*\`${name}\``, 'm').test(README));
}

describe('the README', () => {
  for (const [said, type, file] of OPTIONS) {
    it(`has a table of the options of ${said}, and of nothing else`, () => {
      const names = optionsOf(type, file);
      assert.ok(names.length > 0, 'nothing to look for');
      const rows = tableAfter(`${said}\``).map(([name = '']) => name.replaceAll('`', ''));
      assert.deepEqual(rows.sort(), names.sort());
    });
  }

  it('names the versions that the manifest asks for, and those of the client', () => {
    const { engines, peerDependencies, peerDependenciesMeta } = MANIFEST;
    const named = (name: string) =>
      peerDependenciesMeta[name]?.optional === true ? `\`${name}\`, optional` : `\`${name}\``;
    const expected = [
      ['[`aerospike`](https://www.npmjs.com/package/aerospike)', SUPPORTED_VERSIONS.join(' || ')],
      ['Node.js', engines.node],
      ...Object.entries(peerDependencies).map(([name, range]) => [named(name), range]),
    ];
    assert.deepEqual(
      tableAfter('### Supported versions')
        .map(([what, range]) => [what, range?.replaceAll('`', '')])
        .sort(),
      expected.sort(),
    );
  });

  it('has a row for every environment variable', () => {
    const text = source('register/environment');
    const names = [
      ...Array.from(text.matchAll(/'(OTEL_\w*[A-Z])'/g), ([, name = '']) => name),
      ...Array.from(
        text.matchAll(/readOwn(?:<[^(]*>)?\('(\w+)'/g),
        ([, name = '']) => `OTEL_INSTRUMENTATION_AEROSPIKE_${name}`,
      ),
    ];
    assert.deepEqual(withoutRow(names), []);
  });
});
