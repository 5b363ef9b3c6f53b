import assert from 'node:assert/strict';
import { AerospikeMemoryServer } from 'aerospike-memory-server';
import { freePort, samplesOf, takePort } from '@test/support';
import { DemoProcess } from './support/demo-process';

const OPERATIONS = [
  'append',
  'exists',
  'get',
  'increment',
  'operate',
  'prepend',
  'put',
  'remove',
  'select',
  'touch',
];

/** The failures of the workload, by status code. */
const ERROR_TYPES: Readonly<Record<string, string>> = {
  2: 'KeyNotFoundError',
  3: 'GenerationError',
  9: 'Timeout',
  27: 'FilteredOut',
};

/** A run with an outage, on a machine that has other things to do. */
const OUTAGE_TIMEOUT_MS = 90_000;

/** What the demo prints with --json, as far as it is looked at here. */
interface Result {
  readonly operations: readonly { operation: string; count: number; p50: number; p99: number }[];
  readonly calls: readonly {
    operation: string;
    namespace: string;
    set: string;
    code?: number;
    count: number;
  }[];
}

describe('the demo', () => {
  let demo: DemoProcess | undefined;

  async function start(args: readonly string[], env?: NodeJS.ProcessEnv): Promise<DemoProcess> {
    demo = new DemoProcess(await freePort(), args, env);
    return demo;
  }

  afterEach(async () => {
    demo?.signal('SIGKILL');
    await demo?.exit();
    demo = undefined;
  });

  it('serves all of its own calls: by operation, namespace, set and error', async () => {
    const running = await start(['--json', '--duration', '4', '--linger', '600']);
    await running.printed(/\n/);
    const { calls } = JSON.parse(running.stdout) as Result;
    const samples = countsIn(await running.scrape());

    assert.deepEqual(
      samples.map(({ labels, value }) => callOf(labels, value)).sort(byTarget),
      [...calls].sort(byTarget),
    );
    for (const { labels } of samples) {
      assert.equal(labels.db_system_name, 'aerospike');
      assert.ok(labels.server_address);
      assert.equal(labels.error_type, ERROR_TYPES[labels.db_response_status_code ?? '']);
    }
    assert.deepEqual(different(samples, 'db_operation_name'), OPERATIONS);
    assert.deepEqual(different(samples, 'error_type'), Object.values(ERROR_TYPES).sort());
    assert.deepEqual(different(samples, 'db_collection_name'), [
      'carts',
      'orders',
      'sessions',
      'users',
    ]);

    running.signal('SIGTERM');
    assert.equal(await running.exit(), 0);
  });

  it('serves the histogram of every operation while it runs', async () => {
    const running = await start(['--json']);
    const text = await running.scraped(
      scraped => different(countsIn(scraped), 'db_operation_name').length === OPERATIONS.length,
    );
    assert.match(text, /^# TYPE db_client_operation_duration_seconds histogram$/m);
    assert.equal(running.stdout, '');
    running.signal('SIGINT');
    assert.equal(await running.exit(), 0);
  });

  it('shows the numbers of the metric', async () => {
    const running = await start(['--json', '--duration', '1']);
    assert.equal(await running.exit(), 0);
    const { operations, calls } = JSON.parse(running.stdout) as Result;
    for (const { operation, count, p50, p99 } of operations) {
      const own = calls.filter(call => call.operation === operation);
      assert.equal(
        count,
        own.reduce((sum, call) => sum + call.count, 0),
        operation,
      );
      assert.ok(0 < p50 && p50 <= p99, `${operation}: 0 < ${p50} <= ${p99}`);
    }
  });

  it('prints plain lines and a final table to what is no terminal', async () => {
    const running = await start(['--duration', '1.5']);
    assert.equal(await running.exit(), 0);
    assert.equal(running.stderr, '');
    assert.ok(!running.stdout.includes('\x1b'), 'an escape code');
    const lines = running.stdout.split('\n');
    assert.match(lines[0] ?? '', /^Metrics: http:\/\/127\.0\.0\.1:\d+\/metrics$/);
    assert.match(
      lines[1] ?? '',
      /^\d+ s: [\d,]+ ops\/s, P50 \d+\.\d\d ms, P99 \d+\.\d\d ms; errors: .*KeyNotFoundError \d/,
    );
    const table = lines.slice(lines.findIndex(line => line.startsWith('operation ')));
    assert.deepEqual(
      table.slice(1, OPERATIONS.length + 2).map(line => line.split(' ')[0]),
      [...OPERATIONS, 'all'],
    );
  });

  it('works in the namespaces that the server at AEROSPIKE_HOSTS has', async () => {
    const server = await AerospikeMemoryServer.create({ namespaces: ['shop'] });
    try {
      const running = await start(['--json', '--duration', '1'], {
        AEROSPIKE_HOSTS: server.hosts,
      });
      assert.equal(await running.exit(), 0);
      const { calls } = JSON.parse(running.stdout) as Result;
      assert.deepEqual([...new Set(calls.map(({ namespace }) => namespace))], ['shop']);
    } finally {
      await server.stop();
    }
  });

  it('with the embedded server, shows in its metrics that one of three nodes fails and comes back, and recovers', async function () {
    this.timeout(OUTAGE_TIMEOUT_MS);
    const running = await start(['--nodes', '3', '--fault', 'node', '--duration', '16'], {
      AEROSPIKE_HOSTS: '',
    });
    const hasNodes = (count: number) => (text: string) =>
      sum(samplesOf('aerospike_client_node_count', text)) === count;
    await running.scraped(hasNodes(3));
    const fallen = await running.scraped(hasNodes(2));
    assert.match(running.stdout, /^Node C1 \(127\.0\.0\.1:\d+\) is killed\.$/m);
    const failed = countsIn(fallen).filter(({ labels }) => labels.error_type === 'Connection');
    assert.ok(sum(failed) > 0);
    await running.scraped(hasNodes(3));
    const before = sum(countsIn(await running.scrape()).filter(isSuccess));
    await running.scraped(text => sum(countsIn(text).filter(isSuccess)) > before);
    assert.equal(await running.exit(), 0);
    assert.match(running.stdout, /^Node C1 .* is restarted\.$/m);
    assert.match(running.stdout, /\n([\d,]+) operations measured, \1 calls counted/);
  });

  for (const signals of [['SIGINT'], ['SIGTERM'], ['SIGINT', 'SIGINT']] as const) {
    it(`ends with the final table and exit code 0 at ${signals.join(' and ')}`, async () => {
      const running = await start([]);
      await running.printed(/Metrics: /);
      for (const signal of signals) running.signal(signal);
      assert.equal(await running.exit(), 0);
      assert.equal(running.stderr, '');
      assert.match(
        running.stdout,
        /^all .*\n\n([\d,]+) operations measured, \1 calls counted by the demo itself\n$/m,
      );
    });
  }

  it('says in one sentence that the port is taken', async () => {
    const { port, server } = await takePort();
    try {
      demo = new DemoProcess(port, []);
      assert.equal(await demo.exit(), 1);
      assert.equal(demo.stdout, '');
      assert.equal(
        demo.stderr,
        `Port ${port} on 127.0.0.1 is taken: set OTEL_EXPORTER_PROMETHEUS_PORT to another one.\n`,
      );
    } finally {
      server.close();
    }
  });

  it('says in one sentence that there is no server at AEROSPIKE_HOSTS', async () => {
    const hosts = `127.0.0.1:${await freePort()}`;
    const running = await start([], { AEROSPIKE_HOSTS: hosts });
    assert.equal(await running.exit(), 1);
    assert.equal(running.stdout, '');
    assert.equal(
      running.stderr,
      `No Aerospike server can be reached at '${hosts}', which AEROSPIKE_HOSTS names (Failed to connect).\n`,
    );
  });

  const refused: readonly [args: string[], env: NodeJS.ProcessEnv, sentence: string][] = [
    [['--duration', 'x'], {}, "--duration must be a number of seconds above 0, not 'x'."],
    [['--linger=-1'], {}, "--linger must be a number of seconds above 0, not '-1'."],
    [['--durations', '1'], {}, "Unknown option '--durations'; --help lists the options."],
    [['--nodes', '9'], {}, "--nodes must be a number from 1 to 8, not '9'."],
    [['--fault', 'disk'], {}, "--fault can be 'node', not 'disk'."],
    [['--fault', 'node'], {}, '--fault node needs more than one node, such as --nodes 3.'],
    [
      ['--nodes', '3'],
      { AEROSPIKE_HOSTS: '127.0.0.1:3000' },
      '--nodes and --fault are for the embedded server; AEROSPIKE_HOSTS is set.',
    ],
    [['10'], {}, "Unexpected argument '10'; --help lists the options."],
    [
      [],
      { OTEL_EXPORTER_PROMETHEUS_PORT: 'x' },
      "OTEL_EXPORTER_PROMETHEUS_PORT must be a port from 1 to 65535, not 'x'.",
    ],
  ];
  for (const [args, env, sentence] of refused) {
    it(`refuses ${[...args, ...Object.keys(env)].join(' ')} in one sentence`, async () => {
      const running = await start(args, env);
      assert.equal(await running.exit(), 1);
      assert.equal(running.stdout, '');
      assert.equal(running.stderr, `${sentence}\n`);
    });
  }

  it('lists its options', async () => {
    const running = await start(['--help']);
    assert.equal(await running.exit(), 0);
    assert.match(running.stdout, /--duration <seconds>/);
  });
});

/** The samples of the operations on records: a server is asked for its namespaces besides. */
function countsIn(text: string) {
  return samplesOf('db_client_operation_duration_seconds_count', text).filter(
    ({ labels }) => labels.db_namespace !== undefined,
  );
}

function callOf(labels: Readonly<Record<string, string>>, count: number): Result['calls'][number] {
  const code = labels.db_response_status_code;
  return {
    operation: labels.db_operation_name ?? '',
    namespace: labels.db_namespace ?? '',
    set: labels.db_collection_name ?? '',
    ...(code !== undefined && { code: Number(code) }),
    count,
  };
}

function byTarget(a: Result['calls'][number], b: Result['calls'][number]): number {
  const [idA, idB] = [a, b].map(({ operation, namespace, set, code = 0 }) =>
    [operation, namespace, set, code].join(' '),
  ) as [string, string];
  return idA.localeCompare(idB);
}

function sum(samples: readonly { value: number }[]): number {
  return samples.reduce((total, { value }) => total + value, 0);
}

function isSuccess({ labels }: { labels: Readonly<Record<string, string>> }): boolean {
  return labels.error_type === undefined;
}

/** The different values of a label, in order. */
function different(samples: readonly { labels: Readonly<Record<string, string>> }[], name: string) {
  const values = samples.map(({ labels }) => labels[name]).filter(value => value !== undefined);
  return [...new Set(values)].sort();
}
