import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const PACKAGE = join(__dirname, '../..');
const README = readFileSync(join(PACKAGE, 'README.md'), 'utf8');

/** The files in which the options of the public functions and classes are declared. */
const OPTIONS = {
  AerospikeInstrumentationConfig: 'types',
  DurationViewOptions: 'sdk/duration-view',
  MetricsServerOptions: 'prometheus/process-metrics',
  AerospikeMetricProducerOptions: 'sdk/aerospike-metric-producer',
};

function source(file: string): string {
  return readFileSync(join(PACKAGE, 'src', `${file}.ts`), 'utf8');
}

/** The names without a row of a table that begins with them. */
function withoutRow(names: readonly string[]): string[] {
  assert.ok(names.length > 0, 'nothing to look for');
  return names.filter(name => !new RegExp(`^\\|[^|]*\`${name}\``, 'm').test(README));
}

describe('the README', () => {
  for (const [type, file] of Object.entries(OPTIONS)) {
    it(`has a row for every option of ${type}`, () => {
      const [, body = ''] =
        new RegExp(`interface ${type}\\b[^{]*\\{\\n(.*?)\\n\\}`, 's').exec(source(file)) ?? [];
      const names = Array.from(body.matchAll(/^ {2}(\w+)\?:/gm), ([, name = '']) => name);
      assert.deepEqual(withoutRow(names), []);
    });
  }

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
