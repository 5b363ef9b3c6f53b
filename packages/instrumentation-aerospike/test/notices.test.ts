import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { linkInstalled, OtlpReceiver, Program, type ProgramResult } from '@test/support';
import { NOTICES } from '../src/notices';

const PACKAGE = resolve(__dirname, '../..');
const REGISTER = join(PACKAGE, 'build/src/register/index.js');
const CLIENT = require.resolve('aerospike');
const NAME = 'opentelemetry-instrumentation-aerospike';

/** Makes one operation on a client that was never connected. */
const OPERATION = `
  const Aerospike = require(${JSON.stringify(CLIENT)});
  Aerospike.client({ hosts: '127.0.0.1:1' }).get(new Aerospike.Key('test', 'set', 1)).catch(() => undefined);`;

const INSTRUMENT = `new (require(${JSON.stringify(join(PACKAGE, 'build/src/index.js'))}).AerospikeInstrumentation)();`;

const EXPONENTIAL = {
  OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION: 'base2_exponential_bucket_histogram',
};

function evaluate(code: string, env: NodeJS.ProcessEnv = {}, ...args: string[]) {
  return new Program([...args, '--eval', code], {
    env: { OTEL_EXPORTER_PROMETHEUS_PORT: '0', ...env },
  }).result();
}

/** What was said, without the name in front. */
function lines({ stderr }: ProgramResult): string[] {
  return stderr
    .split('\n')
    .filter(line => line !== '')
    .map(line => line.replace(`${NAME}: `, ''));
}

describe('one line on standard error says why nothing is measured', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'notices-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  /** A client of another version, as far as it is looked at. */
  function install(version: string): string {
    const client = join(folder, 'node_modules/aerospike');
    mkdirSync(join(client, 'lib'), { recursive: true });
    const manifest = { name: 'aerospike', version, main: 'lib/aerospike.js' };
    writeFileSync(join(client, 'package.json'), JSON.stringify(manifest));
    writeFileSync(join(client, 'lib/client.js'), 'module.exports = class Client { get() {} };');
    writeFileSync(join(client, 'lib/aerospike.js'), "exports.Client = require('./client');");
    return `require(${JSON.stringify(client)});`;
  }

  for (const version of ['7.0.0', '5.4.0']) {
    const expected = [NOTICES.unsupportedClient.text(version, '>=5.12.1 <7')];

    it(`a client ${version} that is loaded later`, async () => {
      const result = await evaluate(`${INSTRUMENT} ${install(version)}`);
      assert.deepEqual(lines(result), expected);
    });

    it(`a client ${version} that was loaded before`, async () => {
      const result = await evaluate(`${install(version)} ${INSTRUMENT}`);
      assert.deepEqual(lines(result), expected);
    });

    it(`a client ${version} with /register`, async () => {
      const result = await evaluate(install(version), {}, '--require', REGISTER);
      assert.deepEqual(lines(result), expected);
    });
  }

  it('a client whose methods cannot be replaced', async () => {
    const frozen = `Object.freeze(require(${JSON.stringify(CLIENT)}).Client.prototype);`;
    const [line = '', ...others] = lines(await evaluate(`${frozen} ${INSTRUMENT}`));
    assert.match(line, /^aerospike is not measured, since its methods cannot be replaced \(.*get/);
    assert.deepEqual(others, []);
  });

  it('no MeterProvider, when the process ends', async () => {
    const result = await evaluate(INSTRUMENT + OPERATION);
    assert.deepEqual(lines(result), [NOTICES.noProvider.text()]);
  });

  for (const [kind, code] of [
    [
      'MeterProvider',
      "metrics.setGlobalMeterProvider(new (require('@opentelemetry/sdk-metrics').MeterProvider)());",
    ],
    [
      'TracerProvider',
      "trace.setGlobalTracerProvider(new (require('@opentelemetry/sdk-trace').TracerProvider)());",
    ],
  ] as const) {
    it(`a ${kind} that is registered through an API that is too old`, async () => {
      const older = `require('opentelemetry-api-1.8').${code}`;
      const [line = '', ...others] = lines(await evaluate(older + INSTRUMENT + OPERATION));
      const [, ours = ''] = /it uses (1\.\d+\.\d+);/.exec(line) ?? [];
      assert.equal(line, NOTICES.foreignApi.text(kind, '1.8.0', ours));
      assert.match(line, /npm dedupe, or, .* OpenTelemetry 2\.x and @opentelemetry\/api 1\.9/);
      assert.deepEqual(others, []);
    });
  }

  it('a TracerProvider that fails with every operation, with /register', async () => {
    const failing = `require('@opentelemetry/api').trace.setGlobalTracerProvider({
      getTracer: () => ({ startSpan() { throw new Error('out of order'); } }),
    });`;
    const [first = '', second = '', ...others] = lines(
      await evaluate(
        failing + OPERATION.repeat(3).replaceAll('const ', 'var '),
        {},
        '--require',
        REGISTER,
      ),
    );
    assert.match(first, /^the TracerProvider of the application fails \(out of order\)/);
    assert.match(second, /^metrics at /);
    assert.deepEqual(others, []);
  });

  it('attributes of the resource that Prometheus does not take', async () => {
    const scrape = `require(${JSON.stringify(CLIENT)});
      const { log } = console;
      const { error } = console;
      console.error = line => {
        error(line);
        const [url] = /http:\\S+/.exec(line) ?? [];
        if (url) fetch(url).then(answer => answer.text()).then(log);
      };`;
    const result = await evaluate(
      scrape,
      { OTEL_RESOURCE_ATTRIBUTES: 'service.version=1,service_version=2,1a=x' },
      '--require',
      REGISTER,
    );
    assert.deepEqual(lines(result).slice(1), [NOTICES.resourceLabels.text('service_version, 1a')]);
    assert.match(result.stdout, /^target_info\{service_version="1",service_name=/m);
  });

  it('a port that is taken, of an AerospikePrometheusExporter', async () => {
    const exporter = `require('node:net').createServer().listen(0, 'localhost', function () {
      const { port } = this.address();
      console.log(port);
      const { AerospikePrometheusExporter } = require(${JSON.stringify(join(PACKAGE, 'build/src/prometheus/index.js'))});
      new AerospikePrometheusExporter({ host: 'localhost', port });
    }).unref();`;
    const result = await evaluate(exporter);
    assert.deepEqual(lines(result), [NOTICES.portTaken.text('localhost', result.stdout.trim())]);
  });

  it('a name of the metric, which is for a MeterProvider of the application', async () => {
    const env = { OTEL_INSTRUMENTATION_AEROSPIKE_METRIC_NAME: 'duration' };
    const [line = ''] = lines(await evaluate(OPERATION, env, '--require', REGISTER));
    assert.match(line, /^OTEL_INSTRUMENTATION_AEROSPIKE_METRIC_NAME has no effect: /);
  });

  describe('nothing', () => {
    const silent: [title: string, code: string, env?: NodeJS.ProcessEnv][] = [
      ['of a process that never loads a client', 'console.log(1);'],
      ['where it is disabled', OPERATION, { OTEL_SDK_DISABLED: 'true' }],
      ['where no metrics are exported', OPERATION, { OTEL_METRICS_EXPORTER: 'none' }],
      [
        'of variables without effect where no metrics are exported',
        OPERATION,
        { OTEL_METRICS_EXPORTER: 'none', ...EXPONENTIAL },
      ],
      ['with OTEL_LOG_LEVEL=none', OPERATION, { OTEL_LOG_LEVEL: 'none' }],
    ];
    for (const [title, code, env] of silent) {
      it(title, async () => {
        assert.deepEqual(lines(await evaluate(code, env, '--require', REGISTER)), []);
      });
    }

    it('of exponential histograms where they are exported by OTLP', async () => {
      const receiver = await OtlpReceiver.start();
      const env = {
        ...EXPONENTIAL,
        OTEL_METRICS_EXPORTER: 'otlp',
        ...receiver.environment,
      };
      try {
        assert.deepEqual(lines(await evaluate(OPERATION, env, '--require', REGISTER)), []);
      } finally {
        receiver.stop();
      }
    });

    it('of exponential histograms where a MeterProvider is joined', async () => {
      const sdk = `require('@opentelemetry/api').metrics.setGlobalMeterProvider(
        new (require('@opentelemetry/sdk-metrics').MeterProvider)());`;
      const [line = '', ...others] = lines(
        await evaluate(sdk + OPERATION, EXPONENTIAL, '--require', REGISTER),
      );
      assert.match(line, /^measuring /);
      assert.deepEqual(others, []);
    });

    for (const env of [
      { OTEL_METRICS_EXPORTER: 'none' },
      { OTEL_SDK_DISABLED: 'true' },
      { OTEL_NODE_DISABLED_INSTRUMENTATIONS: 'http,aerospike' },
      { OTEL_NODE_ENABLED_INSTRUMENTATIONS: 'http' },
    ]) {
      const given = Object.entries(env).map(pair => pair.join('='));
      it(`by an instrumentation with ${given.join()}, which its summary has`, async () => {
        assert.deepEqual(lines(await evaluate(INSTRUMENT + OPERATION, env)), []);
        const { stderr } = await evaluate(INSTRUMENT + OPERATION, {
          ...env,
          OTEL_LOG_LEVEL: 'debug',
        });
        assert.ok(stderr.includes(`metrics         nowhere, since ${given.join()}\n`), stderr);
      });
    }

    it('of an SDK that exports nothing', async () => {
      const sdk = `new (require('@opentelemetry/sdk-node').NodeSDK)({ instrumentations: [${INSTRUMENT.replace(/;$/, '')}] }).start();`;
      const env = { OTEL_METRICS_EXPORTER: 'none', OTEL_TRACES_EXPORTER: 'none' };
      assert.deepEqual(lines(await evaluate(sdk + OPERATION, env)), []);
    });

    it('of traces only', async () => {
      const traces = `require('@opentelemetry/api').trace.setGlobalTracerProvider(
        new (require('@opentelemetry/sdk-trace').TracerProvider)());`;
      assert.deepEqual(lines(await evaluate(traces + INSTRUMENT + OPERATION)), []);
    });
  });
});

describe('without a package that is needed', () => {
  let folder: string;

  /** A copy of this package beside which nothing is installed. */
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'missing-'));
    const copy = join(folder, 'node_modules', NAME);
    mkdirSync(dirname(copy), { recursive: true });
    cpSync(join(PACKAGE, 'build/src'), join(copy, 'build/src'), { recursive: true });
    cpSync(join(PACKAGE, 'package.json'), join(copy, 'package.json'));
    writeFileSync(join(folder, 'yarn.lock'), '');
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  function run(code: string, env: NodeJS.ProcessEnv = {}): Promise<ProgramResult> {
    const file = join(folder, 'application.mjs');
    writeFileSync(file, code);
    return new Program([file], { cwd: folder, env }).result();
  }

  const API = '@opentelemetry/api';
  const uses: [title: string, code: string, packages: string][] = [
    [
      'the main entry loads, and its constructor says so',
      `import { AerospikeInstrumentation } from '${NAME}';
       try { new AerospikeInstrumentation(); } catch (error) { console.log(error.message); }`,
      `${API} @opentelemetry/instrumentation`,
    ],
    [
      '/prometheus loads, and its functions say so',
      `import { durationView, getMetrics } from '${NAME}/prometheus';
       try { durationView(); } catch { await getMetrics().catch(error => console.log(error.message)); }`,
      `${API} @opentelemetry/sdk-metrics @opentelemetry/exporter-prometheus`,
    ],
    [
      '/metric-producer loads, and its constructor says so',
      `import { AerospikeMetricProducer, PROMETHEUS_NAME } from '${NAME}/metric-producer';
       try { new AerospikeMetricProducer({ name: PROMETHEUS_NAME }); } catch (error) { console.log(error.message); }`,
      `${API} @opentelemetry/sdk-metrics`,
    ],
  ];

  for (const [title, code, packages] of uses) {
    it(title, async () => {
      const { stdout, stderr } = await run(code);
      assert.match(stdout, new RegExp(`^\\S+ needs .*: yarn add ${packages} \\(`), stderr);
    });
  }

  const REGISTERED = `import '${NAME}/register'; console.log('the application runs');`;

  for (const [when, env] of [
    ['', {}],
    [', also where the variable for the exporter is empty', { OTEL_METRICS_EXPORTER: ' ' }],
  ] as const) {
    it(`/register says so, and the application runs${when}`, async () => {
      const { code, stdout, stderr } = await run(REGISTERED, env);
      assert.deepEqual([code, stdout], [0, 'the application runs\n']);
      assert.match(
        stderr,
        /needs .*: yarn add @opentelemetry\/api @opentelemetry\/sdk-metrics @opentelemetry\/exporter-prometheus \(/,
      );
    });
  }

  describe('that is there and cannot be loaded', () => {
    const installed = () => join(folder, 'node_modules', '@opentelemetry');

    before(() => {
      for (const name of ['api', 'sdk-metrics']) {
        mkdirSync(join(installed(), name), { recursive: true });
        writeFileSync(join(installed(), name, 'index.js'), "throw new Error('broken\\nfile');");
      }
    });
    after(() => {
      rmSync(installed(), { recursive: true });
    });

    it('/register says so in one line, and the application runs', async () => {
      const { code, stdout, stderr } = await run(REGISTERED);
      assert.deepEqual([code, stdout], [0, 'the application runs\n']);
      assert.equal(
        stderr,
        `${NAME}: /register cannot be set up, and measures nothing: Error: broken\n`,
      );
    });
  });
});

describe('with a version of @opentelemetry/api that is too old for another package', () => {
  let folder: string;

  /** Fails as the newer one does, which looks for a part of the API that older ones do not have. */
  const NEWER = `
    const { newerPart } = require('@opentelemetry/api');
    exports.InstrumentationBase = class { constructor() { newerPart.getLogger(); } };`;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'older-'));
    const copy = join(folder, 'node_modules', NAME);
    mkdirSync(dirname(copy), { recursive: true });
    cpSync(join(PACKAGE, 'build/src'), join(copy, 'build/src'), { recursive: true });
    cpSync(join(PACKAGE, 'package.json'), join(copy, 'package.json'));
    linkInstalled(['@opentelemetry/api', '@opentelemetry/sdk-metrics'], folder);
    const newer = join(folder, 'node_modules/@opentelemetry/instrumentation');
    mkdirSync(newer);
    writeFileSync(join(newer, 'index.js'), NEWER);
    const manifest = {
      name: '@opentelemetry/instrumentation',
      version: '0.999.0',
      peerDependencies: { '@opentelemetry/api': '>=1.99.0 <2.0.0' },
    };
    writeFileSync(join(newer, 'package.json'), JSON.stringify(manifest));
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  const SENTENCE =
    /opentelemetry-instrumentation-aerospike finds @opentelemetry\/api 1\.\d+\.\d+, and @opentelemetry\/instrumentation 0\.999\.0 needs >=1\.99\.0 <2\.0\.0: npm install @opentelemetry\/api@1\.99\.0\n/;

  function run(...args: string[]): Promise<ProgramResult> {
    return new Program(args, { cwd: folder }).result();
  }

  it('the constructor throws one sentence that names both, and what to install', async () => {
    const { stdout } = await run(
      '--eval',
      `const { AerospikeInstrumentation } = require('${NAME}');
       try { new AerospikeInstrumentation(); } catch (error) { console.log(error.message); }`,
    );
    assert.match(stdout, SENTENCE);
  });

  it('/register says it, and the application runs', async () => {
    const { code, stdout, stderr } = await run(
      '--require',
      `${NAME}/register`,
      '--eval',
      `console.log('the application runs')`,
    );
    assert.deepEqual([code, stdout], [0, 'the application runs\n']);
    assert.match(stderr, SENTENCE);
    assert.equal(stderr.trim().split('\n').length, 1);
  });
});
