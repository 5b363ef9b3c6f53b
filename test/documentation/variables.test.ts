import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { built } from '@repository/tools/build/documentation/built';
import type * as Environment from '../../packages/instrumentation-aerospike/src/register/environment';
import { PACKAGES } from '@test/support';

const NAME = 'opentelemetry-instrumentation-aerospike';
const HEADING = '### Environment variables of `/register`';

const { readSettings } = built(NAME, 'src/register/environment') as typeof Environment;

/** The variables that are asked for; one of them is set, since another is looked at only then. */
function readVariables(): Set<string> {
  const asked = new Set<string>();
  const env = new Proxy<NodeJS.ProcessEnv>(
    { OTEL_METRICS_EXPORTER: 'prometheus' },
    {
      get(target, name) {
        if (typeof name === 'string') asked.add(name);
        return Reflect.get(target, name) as string | undefined;
      },
    },
  );
  readSettings(env, warning => assert.fail(warning));
  return asked;
}

/** Those in the first column of the README's table. */
function documentedVariables(): Set<string> {
  const readme = readFileSync(join(PACKAGES[NAME], 'README.md'), 'utf8');
  const [, section = ''] = readme.split(HEADING);
  const [table = ''] = section.split('\n\nThe OTLP exporters');
  const cells = table.split('\n').map(line => line.split('|')[1] ?? '');
  return new Set(cells.flatMap(cell => cell.match(/OTEL_\w+/g) ?? []));
}

describe("the README's table of variables", () => {
  it('has every variable that /register reads, and no other', () => {
    assert.deepEqual([...documentedVariables()].sort(), [...readVariables()].sort());
  });
});
