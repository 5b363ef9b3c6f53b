import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { clientVersion, Program } from '@test/support';
import { PACKAGE_NAME, PACKAGE_VERSION } from '../src/version';
import { programPath, startNode } from './support/program';

const REGISTER = resolve(__dirname, '../src/register/index.js');
const TITLE = `${PACKAGE_NAME}: what version ${PACKAGE_VERSION} has found in process `;
const DEBUG = { OTEL_LOG_LEVEL: 'debug', OTEL_EXPORTER_PROMETHEUS_PORT: '0' };
const CLIENT = realpathSync(join(dirname(require.resolve('aerospike')), '..'));
const MEASURED = new RegExp(
  `^aerospike ${clientVersion()} in ${CLIENT.replaceAll(/[\\.]/g, '\\$&')}: [1-9]\\d methods replaced$`,
);
const NOT_REGISTERED = 'none is registered';

type Topics = Record<string, string[]>;

/** The blocks among all that is on standard error. */
function summariesIn(stderr: string): Topics[] {
  return stderr
    .split(TITLE)
    .slice(1)
    .map(text => {
      const topics: Topics = {};
      let current: string[] = [];
      for (const line of text.split('\n').slice(1)) {
        const [, topic, told] = /^ {2}(\w*) +(.*)$/.exec(line) ?? [];
        if (told === undefined) break;
        if (topic) topics[topic] = current = [];
        current.push(told);
      }
      return topics;
    });
}

function run(code: string, env: NodeJS.ProcessEnv, ...args: string[]): Promise<Topics> {
  return summaryOf(new Program([...args, '--eval', code], { env: { ...DEBUG, ...env } }));
}

async function summaryOf(program: Program): Promise<Topics> {
  const { code, stderr } = await program.result();
  assert.equal(code, 0, stderr);
  const [summary, ...others] = summariesIn(stderr);
  assert(summary, stderr);
  assert.deepEqual(others, [], 'it is said once');
  return summary;
}

const load = (name: string) => `require(${JSON.stringify(programPath(name))});`;
const INSTRUMENT = `new (require(${JSON.stringify(resolve(__dirname, '../src/index.js'))}).AerospikeInstrumentation)();`;

describe('with OTEL_LOG_LEVEL=debug one summary tells what was found', () => {
  afterEach(() => Program.killAll());

  it('by /register, when the first operation has been made', async () => {
    const running = startNode(['--require', REGISTER, programPath('service.cjs')], DEBUG);
    await running.printed(/has found in process \d+\n( .*\n){6}/);
    const [{ client = [], ...others } = {}] = summariesIn(running.stderr);
    assert.match(client.join('\n'), MEASURED);
    const [, url] = await running.printed(/ metrics at (http:\S+)/);
    assert.deepEqual(others, {
      operations: ['made'],
      MeterProvider: [NOT_REGISTERED, "/register's own"],
      TracerProvider: [NOT_REGISTERED],
      metrics: [`at ${url}`],
    });
    running.endInput();
    await summaryOf(running);
  });

  it('by an instrumentation in an SDK', async () => {
    const { client = [], ...others } = await run(load('telemetry.cjs') + load('operation.cjs'), {});
    assert.match(client.join('\n'), MEASURED);
    assert.deepEqual(others, {
      operations: ['made'],
      MeterProvider: ['MeterProvider'],
      TracerProvider: ['TracerProvider'],
      metrics: ['in the MeterProvider of the application, which exports them'],
    });
  });

  const places: [title: string, code: string, env: NodeJS.ProcessEnv, metrics: string[]][] = [
    [
      'a process without a client',
      'console.log(1)',
      {},
      ['nowhere, since there is no client to be measured'],
    ],
    [
      'OTEL_SDK_DISABLED',
      load('operation.cjs'),
      { OTEL_SDK_DISABLED: 'true' },
      ['nowhere, since OTEL_SDK_DISABLED=true'],
    ],
    [
      'a list of instrumentations without this one',
      load('operation.cjs'),
      { OTEL_NODE_ENABLED_INSTRUMENTATIONS: 'http,pg' },
      ['nowhere, since OTEL_NODE_ENABLED_INSTRUMENTATIONS=http,pg'],
    ],
    [
      'OTEL_METRICS_EXPORTER=none',
      load('operation.cjs'),
      { OTEL_METRICS_EXPORTER: 'none' },
      ['nowhere, since OTEL_METRICS_EXPORTER=none'],
    ],
    [
      'two exporters',
      load('operation.cjs'),
      {
        OTEL_METRICS_EXPORTER: 'otlp,console',
        OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1',
        OTEL_EXPORTER_OTLP_TIMEOUT: '100',
        OTEL_METRIC_EXPORT_INTERVAL: '30000',
      },
      [
        'exported by OTLP (http/protobuf) every 30000 ms, and when the process ends',
        'exported to the console every 30000 ms, and when the process ends',
      ],
    ],
    [
      'a MeterProvider that is joined',
      load('own-sdk.cjs') + load('operation.cjs'),
      {},
      ['db.client.operation.duration in the MeterProvider that is registered, which exports them'],
    ],
  ];

  for (const [title, code, env, metrics] of places) {
    it(`by /register, with ${title}`, async () => {
      assert.deepEqual((await run(code, env, '--require', REGISTER)).metrics, metrics);
    });
  }

  it('of operations that nobody measures', async () => {
    const { operations, metrics } = await run(INSTRUMENT + load('operation.cjs'), {});
    assert.deepEqual(operations, ['made']);
    assert.deepEqual(metrics, ['nowhere, since there is no MeterProvider']);
  });

  it('of a provider that is not seen', async () => {
    const { MeterProvider } = await run(
      load('older-api-sdk.cjs') + INSTRUMENT + load('operation.cjs'),
      {},
    );
    assert.deepEqual(MeterProvider, [
      'one is registered through @opentelemetry/api 1.8.0, which this package does not see',
    ]);
  });

  it('of a client whose methods cannot be replaced', async () => {
    const frozen = `Object.freeze(require('aerospike').Client.prototype);`;
    const { client = [] } = await run(frozen + INSTRUMENT, {});
    assert.match(client.join('\n'), /: \d+ methods replaced, and not all: .*'?get'?/);
  });

  it('of a client of another version', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'summary-'));
    try {
      mkdirSync(join(folder, 'lib'));
      const manifest = { name: 'aerospike', version: '7.0.0', main: 'lib/client.js' };
      writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
      writeFileSync(join(folder, 'lib/client.js'), 'module.exports = class Client {};');
      const { client } = await run(`require(${JSON.stringify(folder)}); ${INSTRUMENT}`, {});
      assert.deepEqual(client, [
        `aerospike 7.0.0 in ${realpathSync(folder)}: not measured, supported are the versions >=5.12.1 <7`,
      ]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('and changes neither the exit code nor how an uncaught error ends the process', async () => {
    const program = new Program(
      ['--require', REGISTER, '--eval', `${load('operation.cjs')} throw new Error('theirs')`],
      { env: DEBUG },
    );
    const { code, stderr } = await program.result();
    assert.equal(code, 1);
    assert.match(stderr, /Error: theirs/);
    assert.equal(summariesIn(stderr).length, 1);
  });

  it('of the metrics server that the application starts', async () => {
    const { stdout, stderr } = await new Program([programPath('metrics-server.mjs')], {
      env: DEBUG,
    }).result();
    const [{ MeterProvider, metrics = [] } = {}] = summariesIn(stderr);
    assert.deepEqual(MeterProvider, ["/prometheus's own", NOT_REGISTERED], stdout);
    assert.match(metrics.join('\n'), /^at http:\/\/localhost:\d+\/metrics$/);
  });

  it('and says nothing at the default level', async () => {
    const { stderr } = await new Program([
      '--eval',
      load('telemetry.cjs') + load('operation.cjs'),
    ]).result();
    assert.equal(stderr, '');
  });
});
