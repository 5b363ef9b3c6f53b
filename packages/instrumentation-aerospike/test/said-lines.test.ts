import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { freePort, Program } from '@test/support';
import { NOTICES } from '../src/notices';
import { PACKAGE_NAME } from '../src/version';
import { programPath } from './support/program';

const BUILD = resolve(__dirname, '../src');
const REGISTER = join(BUILD, 'register/index.js');
/** How a program loads what it needs, wherever it stands. */
const require_ = (path: string) => `require(${JSON.stringify(path)})`;
const CLIENT = require_(require.resolve('aerospike'));
const CLIENT_OF_ANOTHER_VERSION = 'node_modules/aerospike';

const program = (name: string) => `${require_(programPath(name))};`;
const INSTRUMENT = `new (${require_(join(BUILD, 'index.js'))}.AerospikeInstrumentation)();`;
const OPERATION = program('operation.cjs');
const STAY = 'process.stdin.resume();';
const PROMETHEUS = require_(join(BUILD, 'prometheus/index.js'));
const CLUSTER = `const cluster = require('node:cluster');`;

/** Runs code with the URL of the metrics, each time that a line on standard error has one. */
const whenServed = (code: string) => `
  const { error } = console;
  console.error = line => {
    error(line);
    const [url] = /http:\\S+/.exec(line) ?? [];
    if (url !== undefined) { ${code} }
  };`;

/** Listens on a free port of localhost, and then runs code with it. */
const onTakenPort = (code: string) => `
  require('node:net').createServer().listen(0, 'localhost', function () {
    const { port } = this.address();
    ${code}
  }).unref();`;

/** A program, and the line that it makes this package say. */
interface Scenario {
  readonly code: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Whether it needs a port that is known beforehand; otherwise 0 stands for any. */
  readonly needsPort?: true;
  /** Whether the code comes after `--require …/register`. */
  readonly isRegistered?: true;
  /** What the line has in its gaps. */
  readonly given?: readonly RegExp[];
}

/** Every line that there is: without a scenario for one of them this does not compile. */
const SCENARIOS: Readonly<Record<keyof typeof NOTICES, Scenario>> = {
  unsupportedClient: {
    code: INSTRUMENT + require_(`./${CLIENT_OF_ANOTHER_VERSION}`),
    given: [/7\.0\.0/, />=5\.12\.1 <7/],
  },
  unpatchableClient: {
    code: `Object.freeze(${CLIENT}.Client.prototype); ${INSTRUMENT}`,
    given: [/.*read only.*/],
  },
  noProvider: { code: INSTRUMENT + OPERATION },
  failingProvider: {
    code: program('broken-sdk.cjs') + INSTRUMENT + OPERATION,
    given: [/MeterProvider/, /are not measured/, /their meters are out/],
  },
  foreignApi: {
    code: program('older-api-sdk.cjs') + INSTRUMENT + OPERATION,
    given: [/MeterProvider/, /1\.8\.0/, /1\.\d+\.\d+/],
  },
  missing: {
    isRegistered: true,
    code: program('without-grpc-exporter.cjs') + OPERATION,
    env: { OTEL_METRICS_EXPORTER: 'otlp', OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' },
    given: [/OTEL_METRICS_EXPORTER=otlp with the protocol grpc needs @opentelemetry\S+: .*/],
  },
  notRegistered: {
    code: `
      const Module = require('node:module');
      const { _load } = Module;
      Module._load = function (name, ...others) {
        if (name === '@opentelemetry/instrumentation') throw new Error('it is broken');
        return _load.call(this, name, ...others);
      };
      ${require_(REGISTER)};`,
    given: [/Error: it is broken/],
  },
  notExported: {
    isRegistered: true,
    code: `
      require('node:http')
        .createServer((request, response) => response.writeHead(400).end())
        .listen(0, '127.0.0.1', function () {
          process.env.OTEL_EXPORTER_OTLP_ENDPOINT = \`http://127.0.0.1:\${this.address().port}\`;
          ${OPERATION}
        })
        .unref();`,
    env: { OTEL_METRICS_EXPORTER: 'otlp' },
    given: [/otlp/, /.+/],
  },
  wrongVariable: {
    isRegistered: true,
    code: OPERATION,
    env: { OTEL_METRICS_EXPORTER: 'statsd' },
    given: [/OTEL_METRICS_EXPORTER must be .*, not 'statsd'; using .*/],
  },
  withoutEffect: {
    isRegistered: true,
    code: OPERATION,
    env: {
      OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION:
        'base2_exponential_bucket_histogram',
    },
    given: [/OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION/, /OTLP, .*/],
  },
  resourceLabels: {
    isRegistered: true,
    code: whenServed('fetch(url);') + OPERATION,
    env: { OTEL_RESOURCE_ATTRIBUTES: '1a=x' },
    given: [/1a/],
  },
  served: { isRegistered: true, code: OPERATION, given: [/http:\/\/localhost:\d+\/metrics/] },
  portLeft: {
    isRegistered: true,
    code:
      whenServed(`${PROMETHEUS}.startMetricsServer({ port: Number(new URL(url).port) });`) +
      OPERATION +
      STAY,
    given: [/\d+/],
  },
  portTaken: {
    isRegistered: true,
    code: onTakenPort(`process.env.OTEL_EXPORTER_PROMETHEUS_PORT = port; ${OPERATION}`),
    given: [/localhost/, /\d+/],
  },
  notServed: {
    isRegistered: true,
    code: OPERATION,
    // Of no machine: RFC 5737.
    env: { OTEL_EXPORTER_PROMETHEUS_HOST: '192.0.2.1' },
    given: [/192\.0\.2\.1/, /0/, /listen EADDRNOTAVAIL: .*/],
  },
  servedForAll: {
    isRegistered: true,
    code: `${CLUSTER} if (cluster.isPrimary) cluster.fork(); else { ${OPERATION} ${STAY} }`,
    given: [/http:\/\/localhost:\d+\/metrics/],
  },
  servedElsewhere: {
    isRegistered: true,
    code: `${CLUSTER}
      if (cluster.isPrimary) for (const host of ['localhost', '127.0.0.1'])
        cluster.fork({ OTEL_EXPORTER_PROMETHEUS_HOST: host });
      else { ${OPERATION} ${STAY} }`,
    given: [/http:\/\/\S+:\d+\/metrics/],
  },
  clusterApart: {
    code: `${CLUSTER}
      if (cluster.isPrimary) cluster.fork();
      else { ${PROMETHEUS}.startMetricsServer({ port: 0 }); ${STAY} }`,
  },
  stalledWorker: {
    isRegistered: true,
    code: `${CLUSTER}
      if (cluster.isPrimary) {
        const worker = cluster.fork();
        worker.on('message', url => {
          worker.process.kill('SIGSTOP');
          fetch(url);
        });
      } else { ${whenServed('process.send(url);')} ${OPERATION} ${STAY} }`,
    given: [/\d+/],
  },
  otherBoundaries: {
    isRegistered: true,
    code: `${CLUSTER}
      if (cluster.isPrimary) for (const boundaries of ['1', '1,2'])
        cluster.fork({ OTEL_INSTRUMENTATION_AEROSPIKE_BOUNDARIES: boundaries });
      else { ${OPERATION} ${STAY} }`,
    given: [/\d+/, /.+/],
  },
  primaryGone: {
    isRegistered: true,
    code: `${CLUSTER}
      if (cluster.isPrimary) {
        const net = require('node:net');
        const { createServer } = net;
        const sockets = [];
        net.createServer = listener => createServer(socket => {
          sockets.push(socket);
          listener(socket);
        });
        cluster.fork().on('message', () => sockets.forEach(socket => socket.destroy()));
      } else { ${whenServed('process.send(url);')} ${OPERATION} ${STAY} }`,
  },
  primarySilent: {
    code: `${CLUSTER}
      const { getMetrics } = ${PROMETHEUS};
      if (cluster.isPrimary) {
        cluster.fork().on('message', () => {
          Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5000);
        });
      } else getMetrics().then(async () => {
        process.send('the primary is there');
        for (;;) await getMetrics();
      });`,
  },
  sharedExporter: { code: program('cluster-sdk.cjs'), needsPort: true },
  endpointClosed: {
    isRegistered: true,
    code: `
      function operate() {
        const { client, Key } = ${CLIENT};
        client({ hosts: 'localhost:3000' }).get(new Key('test', 'programs', 'k'), () => undefined);
      }
      ${whenServed(`${program('own-sdk.cjs')} operate();`)}
      operate();
      ${STAY}`,
    given: [/http:\/\/localhost:\d+\/metrics/],
  },
  joinedProvider: {
    isRegistered: true,
    code: program('own-sdk.cjs') + OPERATION,
    given: [/db\.client\.operation\.duration/],
  },
  leftToApplication: { isRegistered: true, code: program('own-producer.cjs') },
};

describe('each line that is said by itself is provoked by a program', () => {
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'said-'));
    const client = join(folder, CLIENT_OF_ANOTHER_VERSION);
    mkdirSync(join(client, 'lib'), { recursive: true });
    const manifest = { name: 'aerospike', version: '7.0.0', main: 'lib/client.js' };
    writeFileSync(join(client, 'package.json'), JSON.stringify(manifest));
    writeFileSync(join(client, 'lib/client.js'), 'module.exports = class Client { get() {} };');
  });

  afterEach(() => Program.killAll());

  after(() => {
    rmSync(folder, { recursive: true });
  });

  for (const [key, scenario] of Object.entries(SCENARIOS) as [keyof typeof NOTICES, Scenario][]) {
    it(key, async function () {
      // Workers, and what waits for them.
      this.timeout(60_000);
      const { code, isRegistered, needsPort, given = [] } = scenario;
      const file = join(folder, `${key}.cjs`);
      writeFileSync(file, code);
      const port = needsPort ? await freePort('localhost') : 0;
      const preloaded = isRegistered ? ['--require', REGISTER] : [];
      const running = new Program([...preloaded, file], {
        cwd: folder,
        env: {
          OTEL_EXPORTER_PROMETHEUS_PORT: String(port),
          // A primary that is killed leaves its folder behind.
          XDG_RUNTIME_DIR: folder,
          ...scenario.env,
        },
        hasInput: true,
      });
      const [line = ''] = await running.printed(patternOf(key, given));
      assert.equal(running.stderr.split(line).length, 2, 'it is said once');
    });
  }
});

/** The line of a notice, alone. */
function patternOf(key: keyof typeof NOTICES, given: readonly RegExp[]): RegExp {
  const text: (...given: string[]) => string = NOTICES[key].text;
  const gaps = given.map((_, index) => `<${index}>`);
  const escaped = text(...gaps).replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  const line = given.reduce((all, gap, index) => all.replaceAll(`<${index}>`, gap.source), escaped);
  return new RegExp(`^${PACKAGE_NAME}: ${line}$`, 'm');
}
