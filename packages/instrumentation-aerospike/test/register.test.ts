import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { freePort, Program, type ProgramResult } from '@test/support';
import { programPath, startNode } from './support/program';

const REGISTER = 'opentelemetry-instrumentation-aerospike/register';
const URL_NOTICE = /metrics at (http:\/\/localhost:(\d+)\/metrics)\n/;
const ANY_PORT = { OTEL_EXPORTER_PROMETHEUS_PORT: '0' };

const JOINED =
  /^\S+ measuring db\.client\.operation\.duration into the MeterProvider that is registered already; OTEL_\S+ gives it another name\n$/;
const LEFT =
  /^\S+ the application has an AerospikeInstrumentation of its own with a metric producer: \/register measures nothing\n$/;

describe('/register', () => {
  function start(args: readonly string[], env: NodeJS.ProcessEnv = ANY_PORT): Program {
    return startNode(args, env);
  }

  afterEach(() => Program.killAll());

  /** What Prometheus would get from a program that says where. */
  async function scrape(running: Program): Promise<string> {
    await running.printed(/ready/);
    const [, url = ''] = await running.printed(URL_NOTICE);
    return (await fetch(url)).text();
  }

  /** The program ends by itself, with nothing but these lines on standard error. */
  async function assertQuiet(running: Program, notices = /^$/): Promise<void> {
    running.endInput();
    const { code, stderr } = await running.result();
    assert.equal(code, 0, stderr);
    assert.match(stderr, notices);
  }

  it('serves exemplars where the application has an SDK for traces', async () => {
    const running = start(['--require', REGISTER, programPath('traced-service.cjs')]);
    await running.printed(/ready/);
    const [, traceId = '', spanId = ''] = await running.printed(/span (\w{32}) (\w{16})\n/);
    const [, url = ''] = await running.printed(URL_NOTICE);
    const headers = { accept: 'application/openmetrics-text;version=1.0.0' };
    const text = await (await fetch(url, { headers })).text();
    const exemplars = Array.from(text.matchAll(/ # (\{.*\}) /g), ([, labels]) => labels);
    assert.deepEqual(exemplars, [`{trace_id="${traceId}",span_id="${spanId}"}`]);
    assert(text.endsWith('\n# EOF\n'));
    await assertQuiet(running, /^opentelemetry-instrumentation-aerospike: metrics at \S+\n$/);
  });

  describe('serves the metrics of an application that knows nothing of it', () => {
    const ways: [title: string, args: string[], env?: NodeJS.ProcessEnv][] = [
      ['CommonJS, --require', ['--require', REGISTER, programPath('service.cjs')]],
      ['CommonJS, --import', ['--import', REGISTER, programPath('service.cjs')]],
      ['ESM, --require', ['--require', REGISTER, programPath('service.mjs')]],
      ['ESM, --import', ['--import', REGISTER, programPath('service.mjs')]],
      [
        'NODE_OPTIONS',
        [programPath('service.mjs')],
        { ...ANY_PORT, NODE_OPTIONS: `--require ${REGISTER}` },
      ],
    ];

    for (const [title, args, env] of ways) {
      it(title, async () => {
        const running = start(args, env);
        const text = await scrape(running);
        assert.match(
          text,
          /^db_client_operation_duration_seconds_count\{.*db_operation_name="get",server_address="aero\.example",.*\} 1$/m,
        );
        await assertQuiet(running, /^opentelemetry-instrumentation-aerospike: metrics at \S+\n$/);
      });
    }
  });

  it('takes service name, resource attributes, host and boundaries from the environment', async () => {
    const running = start(['--require', REGISTER, programPath('service.cjs')], {
      ...ANY_PORT,
      OTEL_SERVICE_NAME: 'shop',
      OTEL_RESOURCE_ATTRIBUTES: 'service.name=other, deployment.environment.name=staging%2C%20eu,',
      OTEL_EXPORTER_PROMETHEUS_HOST: '127.0.0.1',
      OTEL_INSTRUMENTATION_AEROSPIKE_BOUNDARIES: '0.0001, 0.5',
    });
    const [, url = ''] = await running.printed(/metrics at (http:\/\/127\.0\.0\.1:\d+\/metrics)\n/);
    await running.printed(/ready/);
    const text = await (await fetch(url)).text();
    assert.match(text, /^target_info\{.*service_name="shop"/m);
    assert.match(text, /^target_info\{.*deployment_environment_name="staging, eu"/m);
    assert.deepEqual(
      Array.from(text.matchAll(/le="([^"]+)"/g), ([, boundary]) => boundary),
      ['0.0001', '0.5', '+Inf'],
    );
  });

  it('names and describes the metric before the first operation', async () => {
    const running = start([
      '--require',
      REGISTER,
      '-e',
      'require("aerospike"); process.stdin.resume()',
    ]);
    const [, url = ''] = await running.printed(URL_NOTICE);
    const text = await (await fetch(url)).text();
    assert.match(text, /^# TYPE db_client_operation_duration_seconds histogram$/m);
    assert.doesNotMatch(text, /^db_client/m);
  });

  it('leaves the end of a process to itself where there is nothing to export', async () => {
    const running = start([
      '--require',
      REGISTER,
      '-e',
      `process.on('beforeExit', () => console.log('beforeExit'));
       process.on('SIGTERM', () => undefined);
       require(${JSON.stringify(programPath('service.cjs'))});
       setImmediate(() => console.log(process.listenerCount('SIGTERM')));`,
    ]);
    await running.printed(URL_NOTICE);
    running.endInput();
    const { code, stdout } = await running.result();
    assert.deepEqual([code, stdout.split('\n').sort()], [0, ['', '1', 'beforeExit', 'ready']]);
  });

  it('leaves the diagnostics of OpenTelemetry to a logger of the application', async () => {
    const running = start([
      '--require',
      REGISTER,
      '-e',
      `const { diag } = require('@opentelemetry/api');
       const log = message => console.log('theirs:', message);
       diag.setLogger({ error: log, warn: log, info: log, debug: log, verbose: log });
       require(${JSON.stringify(programPath('service.cjs'))});
       diag.error('a message');`,
    ]);
    await running.printed(URL_NOTICE);
    await assertQuiet(running, /^\S+ metrics at \S+\n$/);
    assert.match(running.stdout, /^theirs: a message$/m);
  });

  it('shows no diagnostics of the application, which has no logger for them', async () => {
    const running = start([
      '--require',
      REGISTER,
      '-e',
      `const { diag } = require('@opentelemetry/api');
       const log = () => ['info', 'warn', 'error'].forEach(level => diag[level]('theirs'));
       log();
       require(${JSON.stringify(programPath('service.cjs'))});
       process.stdin.on('end', log);`,
    ]);
    await running.printed(URL_NOTICE);
    await assertQuiet(running, /^\S+ metrics at \S+\n$/);
  });

  it('takes no port in a process that does not load aerospike', async () => {
    const running = start(['--require', REGISTER, '-e', 'setImmediate(() => console.log("ran"))']);
    await assertQuiet(running);
    assert.equal(running.stdout, 'ran\n');
  });

  describe('does nothing', () => {
    const variables: NodeJS.ProcessEnv[] = [
      { OTEL_SDK_DISABLED: 'true' },
      { OTEL_NODE_DISABLED_INSTRUMENTATIONS: 'http, aerospike' },
      { OTEL_NODE_ENABLED_INSTRUMENTATIONS: 'http,pg' },
    ];

    for (const variable of variables) {
      it(`with ${JSON.stringify(variable)}`, async () => {
        const running = start(['--require', REGISTER, programPath('service.cjs')], variable);
        await running.printed(/ready/);
        await assertQuiet(running);
      });
    }

    it('but measure with OTEL_METRICS_EXPORTER=none', async () => {
      const running = start(['--require', REGISTER, programPath('service.cjs')], {
        OTEL_METRICS_EXPORTER: 'none',
      });
      await running.printed(/ready/);
      await assertQuiet(running);
    });
  });

  describe('warns once of a wrong value, and takes the default', () => {
    const wrong: [variable: string, value: string, warning: RegExp][] = [
      [
        'OTEL_LOG_LEVEL',
        'loud',
        /OTEL_LOG_LEVEL must be one of NONE, .*, not 'loud'; using 'INFO'/,
      ],
      [
        'OTEL_SDK_DISABLED',
        'yes',
        /OTEL_SDK_DISABLED must be true or false, not 'yes'; using false/,
      ],
      [
        'OTEL_SDK_DISABLED',
        'constructor',
        /OTEL_SDK_DISABLED must be true or false, not 'constructor'; using false/,
      ],
      [
        'OTEL_METRICS_EXPORTER',
        'prometheus,statsd',
        /OTEL_METRICS_EXPORTER must be one or more of prometheus, otlp, console, none, separated by commas, not 'prometheus,statsd'/,
      ],
      [
        'OTEL_METRIC_EXPORT_INTERVAL',
        '-1',
        /OTEL_METRIC_EXPORT_INTERVAL must be a whole number of milliseconds from 1 to 2147483647, not '-1'; using 60000/,
      ],
      [
        'OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION',
        'native',
        /OTEL_\w+_HISTOGRAM_AGGREGATION must be one of explicit_bucket_histogram, base2_exponential_bucket_histogram, not 'native'; using 'explicit_bucket_histogram'/,
      ],
      [
        'OTEL_EXPORTER_OTLP_PROTOCOL',
        'smoke',
        /OTEL_EXPORTER_OTLP_PROTOCOL must be one of grpc, http\/protobuf, http\/json, not 'smoke'; using 'http\/protobuf'/,
      ],
      ...['shop', 'a=b=c', '=b', 'a=%zz'].map((value): [string, string, RegExp] => [
        'OTEL_RESOURCE_ATTRIBUTES',
        value,
        /OTEL_RESOURCE_ATTRIBUTES must be key=value pairs, separated by commas, .*, not '\S+'; using the default/,
      ]),
      [
        'OTEL_INSTRUMENTATION_AEROSPIKE_BOUNDARIES',
        '1,0.5',
        /OTEL_INSTRUMENTATION_AEROSPIKE_BOUNDARIES must be a list of finite numbers of seconds, .* separated by commas\), not '1,0.5'; using the default/,
      ],
      [
        'OTEL_INSTRUMENTATION_AEROSPIKE_BOUNDARIES',
        '-1,0',
        /OTEL_INSTRUMENTATION_AEROSPIKE_BOUNDARIES must be a list of finite numbers of seconds, .* separated by commas\), not '-1,0'; using the default/,
      ],
    ];

    for (const [variable, value, warning] of wrong) {
      it(`${variable}=${value}`, async () => {
        const running = start(['--require', REGISTER, programPath('service.cjs')], {
          ...ANY_PORT,
          [variable]: value,
        });
        await scrape(running);
        running.endInput();
        const { code, stderr } = await running.result();
        assert.equal(code, 0);
        const [first = '', second = '', ...others] = stderr.trim().split('\n');
        assert.match(first, warning);
        assert.match(`${second}\n`, URL_NOTICE);
        assert.deepEqual(others, []);
      });
    }

    it('OTEL_EXPORTER_PROMETHEUS_PORT=80a', async () => {
      const running = start(['--require', REGISTER, programPath('service.cjs')], {
        OTEL_EXPORTER_PROMETHEUS_PORT: '80a',
        OTEL_METRICS_EXPORTER: 'none',
      });
      await running.printed(/ready/);
      await assertQuiet(
        running,
        /^\S+ OTEL_EXPORTER_PROMETHEUS_PORT must be a whole number from 0 to 65535, not '80a'; using 9464\n$/,
      );
    });

    it('tells nothing of what is fine with OTEL_LOG_LEVEL=WARN', async () => {
      const running = start(['--require', REGISTER, programPath('service.cjs')], {
        ...ANY_PORT,
        OTEL_LOG_LEVEL: 'warn',
      });
      await running.printed(/ready/);
      await assertQuiet(running);
    });
  });

  describe('when the port is taken', () => {
    let server: Server;
    let port: number;

    before(async () => {
      server = createServer().listen(0, 'localhost');
      await once(server, 'listening');
      ({ port } = server.address() as AddressInfo);
    });
    after(() => {
      server.close();
    });

    it('says so in one line, and the application goes on', async () => {
      const running = start(['--require', REGISTER, programPath('service.cjs')], {
        OTEL_EXPORTER_PROMETHEUS_PORT: String(port),
      });
      await running.printed(/ready/);
      await assertQuiet(
        running,
        new RegExp(
          `^\\S+ port ${port} on localhost is taken: .* OTEL_EXPORTER_PROMETHEUS_PORT .*\\n$`,
        ),
      );
    });

    it('says so in one line for all workers of a cluster', async () => {
      const running = start(['--require', REGISTER, programPath('cluster-service.cjs')], {
        OTEL_EXPORTER_PROMETHEUS_PORT: String(port),
      });
      await running.printed(/ready\n(.*\n)*ready/);
      await running.printed(/is taken/);
      await assertQuiet(running, new RegExp(`^\\S+ port ${port} on localhost is taken: .*\\n$`));
    });

    it('serves each worker of a cluster on a port of its own where that is asked for, and says which', async () => {
      const running = start(['--require', REGISTER, programPath('cluster-service.cjs')], {
        OTEL_EXPORTER_PROMETHEUS_PORT: String(port),
        OTEL_INSTRUMENTATION_AEROSPIKE_CLUSTER: 'separate',
      });
      await running.printed(/ready\n(.*\n)*ready/);
      await running.printed(/metrics at .*\n(.*\n)*.*metrics at .*\n/);
      const urls = Array.from(running.stderr.matchAll(/metrics at (\S+)/g), ([, url = '']) => url);
      const texts = await Promise.all(urls.map(async url => (await fetch(url)).text()));
      const workers = texts.map(text => /server_address="([^"]+)"/.exec(text)?.[1]);
      assert.deepEqual(workers.sort(), ['worker-1.example', 'worker-2.example']);
      await assertQuiet(running, /^(.*metrics at .*\n){2}$/);
    });
  });

  describe('joins an SDK that is registered', () => {
    const SDK = programPath('own-sdk.cjs');
    const orders: [title: string, args: string[]][] = [
      ['before it', ['--require', SDK, '--require', REGISTER]],
      ['after it', ['--require', REGISTER, '--require', SDK]],
    ];

    for (const [title, args] of orders) {
      it(title, async () => {
        const running = start([...args, programPath('service.cjs')], {});
        await running.printed(/ready/);
        await assertQuiet(running, JOINED);
        assert.match(running.stdout, /^their SDK: db\.client\.operation\.duration 1$/m);
      });
    }

    for (const [title, args] of [
      ['before it', ['--require', programPath('broken-sdk.cjs'), '--require', REGISTER]],
      [
        'after it has loaded aerospike',
        [
          '--require',
          REGISTER,
          '--require',
          'aerospike',
          '--require',
          programPath('broken-sdk.cjs'),
        ],
      ],
    ] as const) {
      it(`that gives no meter, registered ${title}, and the application goes on`, async () => {
        const running = start([...args, programPath('service.cjs')], {});
        await running.printed(/ready/);
        await assertQuiet(
          running,
          /^\S+: the MeterProvider of the application fails \(their meters are out\), /m,
        );
        assert.doesNotMatch(running.stderr, /: measuring /);
      });
    }

    it('that the application registers after it has loaded aerospike', async () => {
      const running = start(
        [
          '--require',
          REGISTER,
          '--require',
          'aerospike',
          '--require',
          SDK,
          programPath('service.cjs'),
        ],
        {},
      );
      await running.printed(/ready/);
      await assertQuiet(running, JOINED);
    });
  });

  describe('beside an instrumentation that the application has set up itself', () => {
    const OWN = ['--require', programPath('own-instrumentation.cjs')];

    it('adds nothing to the MeterProvider that is registered', async () => {
      const preloaded = ['--require', REGISTER, '--require', programPath('own-sdk.cjs'), ...OWN];
      const running = start([...preloaded, programPath('service.cjs')], {});
      await running.printed(/ready/);
      await assertQuiet(running, JOINED);
      assert.match(running.stdout, /^their SDK: db\.client\.operation\.duration 1$/m);
      assert.match(running.stdout, /^spans: 1$/m);
    });

    it('adds nothing where it records for a reader of that MeterProvider', async () => {
      const running = start(['--require', REGISTER, programPath('own-producer.cjs')], {});
      await running.printed(/ready/);
      await assertQuiet(running, LEFT);
      assert.equal(running.stdout, 'ready\ntheir SDK: db_client_operation_duration_seconds 1\n');
    });

    it('adds no spans when that comes after it has loaded aerospike', async () => {
      const running = start(['--require', REGISTER, programPath('late-instrumentation.cjs')]);
      await running.printed(URL_NOTICE);
      running.input('now');
      assert.match(await scrape(running), /db_operation_name="get".*\} 1$/m);
      await assertQuiet(running, /^\S+ metrics at \S+\n$/);
      assert.match(running.stdout, /^spans: 1$/m);
    });

    it('leaves the metrics to a MeterProvider that comes with it, and says that its endpoint is closed', async () => {
      const program = programPath('late-instrumentation.cjs');
      const running = start(['--require', REGISTER, program, 'metrics']);
      await running.printed(URL_NOTICE);
      running.input('now');
      await running.printed(/ready/);
      await assertQuiet(
        running,
        /^\S+ metrics at (\S+)\n\S+ measuring .* into .*\n\S+ the endpoint at \1 is closed, .*which do not have what was measured before\n$/,
      );
      assert.match(running.stdout, /^their SDK: db\.client\.operation\.duration 1$/m);
      assert.match(running.stdout, /^spans: 1$/m);
    });

    it('serves metrics where it has none, and adds no spans', async () => {
      const running = start(['--require', REGISTER, ...OWN, programPath('service.cjs')]);
      assert.match(await scrape(running), /db_operation_name="get".*\} 1$/m);
      await assertQuiet(running, /^\S+ metrics at \S+\n$/);
      assert.match(running.stdout, /^spans: 1$/m);
    });
  });

  it('leaves its port to the metrics server that the application starts', async () => {
    const port = String(await freePort('localhost'));
    const running = start(['--require', REGISTER, programPath('late-metrics-server.cjs'), port], {
      OTEL_EXPORTER_PROMETHEUS_PORT: port,
    });
    await running.printed(URL_NOTICE);
    running.input('now');
    await running.printed(/served by the application: 200/);
    await assertQuiet(
      running,
      new RegExp(
        `^\\S+ metrics at \\S+\\n\\S+ leaving port ${port} to the metrics server of the application\\n$`,
      ),
    );
  });

  it('says nothing of a logger that the application sets after it has loaded aerospike', async () => {
    const code = `
      require('aerospike');
      const { diag, DiagConsoleLogger, DiagLogLevel } = require('@opentelemetry/api');
      diag.setLogger(new DiagConsoleLogger(), DiagLogLevel.WARN);
      require(${JSON.stringify(programPath('service.cjs'))});`;
    const running = start(['--require', REGISTER, '--eval', code]);
    await running.printed(/ready/);
    await running.printed(URL_NOTICE);
    await assertQuiet(running, /^\S+ metrics at \S+\n$/);
    assert.equal(running.stdout, 'ready\n');
  });

  it('serves by itself when the registered SDK is one of an API too old to be seen', async () => {
    const older = programPath('older-api-sdk.cjs');
    const running = start(['--require', older, '--require', REGISTER, programPath('service.cjs')]);
    assert.match(await scrape(running), /db_operation_name="get"/);
    await assertQuiet(running, /^\S+ metrics at \S+\n$/);
  });

  describe('joins the SDK of @opentelemetry/auto-instrumentations-node/register', () => {
    const THEIRS = '@opentelemetry/auto-instrumentations-node/register';
    const orders: [title: string, args: string[], service: string][] = [
      ['loaded before it', ['--require', THEIRS, '--require', REGISTER], 'service.cjs'],
      ['loaded after it', ['--require', REGISTER, '--require', THEIRS], 'service.cjs'],
      ['imported before it', ['--import', THEIRS, '--import', REGISTER], 'service.mjs'],
      ['imported after it', ['--import', REGISTER, '--import', THEIRS], 'service.mjs'],
    ];

    for (const [title, args, service] of orders) {
      it(`${title}: one exporter, and no complaint`, async () => {
        const port = await freePort('localhost');
        const running = start([...args, programPath(service)], {
          OTEL_METRICS_EXPORTER: 'prometheus',
          OTEL_EXPORTER_PROMETHEUS_PORT: String(port),
          OTEL_TRACES_EXPORTER: 'none',
          OTEL_LOGS_EXPORTER: 'none',
          OTEL_LOG_LEVEL: 'error',
          // The others ask the clouds' metadata services.
          OTEL_NODE_RESOURCE_DETECTORS: 'env,process',
        });
        await running.printed(/ready/);
        const text = await scrapeWhenServed(`http://localhost:${port}/metrics`);
        assert.match(
          text,
          /^db_client_operation_duration_seconds_count\{.*db_operation_name="get".*\} 1$/m,
        );
        running.signal('SIGKILL');
        assert.equal((await running.result()).stderr, '');
      });
    }
  });

  describe('exports what is left', () => {
    const CONSOLE = { OTEL_METRICS_EXPORTER: 'console' };

    it('when the process ends by itself, whose exit code stays', async () => {
      const running = start(
        [
          '--require',
          REGISTER,
          '-e',
          `process.exitCode = 3; require(${JSON.stringify(programPath('service.cjs'))})`,
        ],
        CONSOLE,
      );
      running.endInput();
      const { code, stdout } = await running.result();
      assert.equal(code, 3);
      assert.match(stdout, /db\.client\.operation\.duration/);
    });

    it('on SIGTERM, of which the process then dies as without us', async () => {
      const running = start(['--require', REGISTER, programPath('service.cjs')], CONSOLE);
      await running.printed(/ready/);
      running.signal('SIGTERM');
      const { code, stdout } = await running.result();
      assert.equal(code, 'SIGTERM');
      assert.match(stdout, /db\.client\.operation\.duration/);
    });

    /** What is to be seen of a service that handles SIGTERM, and ends after its input. */
    async function endGracefully(name: string): Promise<ProgramResult> {
      const running = start(['--require', REGISTER, programPath(name)], CONSOLE);
      await running.printed(/ready/);
      running.signal('SIGTERM');
      await running.printed(/ending gracefully\n(.*\n)*.*db\.client\.operation\.duration/);
      running.endInput();
      return running.result();
    }

    for (const [handles, name] of [
      ['once', 'graceful-once-service.cjs'],
      ['first of all', 'graceful-first-service.cjs'],
    ] as const) {
      it(`on SIGTERM, and leaves the end to an application that handles it ${handles}`, async () => {
        assert.equal((await endGracefully(name)).code, 7);
      });
    }

    it('and what an application does after SIGTERM, when it ends by itself', async () => {
      const { code, stdout } = await endGracefully('draining-service.cjs');
      assert.equal(code, 7);
      assert.match(stdout, /'db\.namespace': 'drained'/);
    });

    it('to the end, although SIGTERM comes meanwhile', async () => {
      const running = start([programPath('slow-export.cjs')]);
      await running.printed(/exporting/);
      running.signal('SIGTERM');
      await running.printed(/asked to end/);
      running.input('go on');
      const { code, stdout } = await running.result();
      assert.deepEqual([code, stdout], ['SIGTERM', 'exporting\nasked to end\nexported\n']);
    });

    it('and does not wait for ever, nor change the exit code then', async () => {
      const { code, stderr } = await start([programPath('stuck-shutdown.cjs')]).result();
      assert.equal(code, 3);
      assert.match(stderr, /^\S+ what was left could not be exported within 50 ms\n$/);
    });

    it('and lets an application that goes on meanwhile do so', async () => {
      const { code } = await start([programPath('stuck-shutdown.cjs'), 'waits']).result();
      assert.equal(code, 4);
    });

    it('on SIGTERM, and leaves the end to an application that handles it', async () => {
      const running = start(['--require', REGISTER, programPath('graceful-service.cjs')], CONSOLE);
      await running.printed(/ready/);
      running.signal('SIGTERM');
      const { code, stdout } = await running.result();
      assert.equal(code, 7);
      assert.match(stdout, /ending gracefully/);
      assert.match(stdout, /db\.client\.operation\.duration/);
    });
  });
});

/** Somebody else's exporter listens when it is ready, and does not say when. */
async function scrapeWhenServed(url: string): Promise<string> {
  const end = performance.now() + 15_000;
  for (;;) {
    try {
      return await (await fetch(url)).text();
    } catch (error) {
      const { code } = (error as Error).cause as NodeJS.ErrnoException;
      if (code !== 'ECONNREFUSED' || performance.now() > end) throw error;
      await setTimeout(20);
    }
  }
}
