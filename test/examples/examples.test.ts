import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  clientVersion,
  eventually,
  freePort,
  manifestOf,
  OtlpReceiver,
  type OtlpSpan,
  Program,
  ROOT,
  samplesOf,
} from '@test/support';
import { EXAMPLES, runExample } from './example';

/** One request to an example: method, path, body, and the status and the body of the answer. */
type Exchange = readonly [
  method: string,
  path: string,
  body: string | undefined,
  status: number,
  answer?: string,
];

const USERS: readonly Exchange[] = [
  ['PUT', '/users/ada', '{"name":"Ada"}', 204],
  ['GET', '/users/ada', undefined, 200, '{"name":"Ada"}'],
  ['GET', '/users/ada', undefined, 200, '{"name":"Ada"}'],
  ['GET', '/users/nobody', undefined, 404],
];
const USERS_MEASURED = [
  'get test.users 2',
  'get test.users KeyNotFoundError 2 1',
  'put test.users 1',
];

const VISITS: readonly Exchange[] = [
  ['GET', '/home', undefined, 200],
  ['GET', '/home', undefined, 200],
];

/** With a promise, with callbacks, and with a stream. */
const ARTICLES: readonly Exchange[] = [
  ['PUT', '/articles/1', undefined, 200],
  ['GET', '/articles/1', undefined, 200, '/articles/1: read 1 times\n'],
  ['GET', '/articles/2', undefined, 404],
  ['GET', '/', undefined, 200, '/articles/1\n'],
];

const SERVER = 2;
const CLIENT = 3;
const ERROR = 2;

/** What the clients tell of themselves, by the names in the text. */
const CLIENT_STATE = [
  'aerospike_client_command_count',
  'aerospike_client_connection_closed_total',
  'aerospike_client_connection_opened_total',
  'aerospike_client_node_changes_total',
  'aerospike_client_node_count',
  // Clients before 6.0 do not tell of these.
  ...(clientVersion().startsWith('5.')
    ? []
    : [
        'aerospike_client_node_errors_total',
        'aerospike_client_node_key_busy_total',
        'aerospike_client_node_timeouts_total',
      ]),
  'db_client_connection_count',
  'db_client_connection_max',
];

describe('the example', function () {
  this.timeout(30_000);

  let program: Program;

  afterEach(() => program.kill());

  function start(name: string, script = 'start', env: NodeJS.ProcessEnv = {}): void {
    program = runExample(name, script, { PORT: '0', METRICS_PORT: '0', ...env });
  }

  /** What the program says that it serves: `listening on` or `metrics at`. */
  async function urlOf(words: string): Promise<string> {
    const [, url = ''] = await program.printed(new RegExp(`${words} (http://\\S+)\\n`));
    return url;
  }

  /** Where the tracing example serves metrics, and where its receiver of traces listens. */
  async function tracingPorts(): Promise<Record<string, string>> {
    return {
      OTEL_EXPORTER_PROMETHEUS_PORT: String(await freePort()),
      RECEIVER_PORT: String(await freePort()),
    };
  }

  async function request(exchanges: readonly Exchange[]): Promise<void> {
    const url = await urlOf('listening on');
    for (const [method, path, body = null, status, answer] of exchanges) {
      const response = await fetch(new URL(path, url), {
        method,
        body,
        ...(body !== null && { headers: { 'content-type': 'application/json' } }),
      });
      const text = await response.text();
      assert.equal(response.status, status, `${method} ${path}: ${text}`);
      if (answer !== undefined) assert.equal(text, answer);
    }
  }

  /** It ends by SIGTERM with exit code 0, and has complained about nothing. */
  async function assertCleanEnd(stderr = ''): Promise<void> {
    program.signal('SIGTERM');
    assert.equal(await program.exit(), 0, program.stderr);
    assert.equal(program.stderr, stderr);
  }

  it('standalone is measured from its first write to its scan', async () => {
    start('standalone');
    await program.printed(/^45 products imported, 5 were sold out; Ctrl-C ends$/m);
    assert.deepEqual(measured(await textAt(await urlOf('metrics at'))), [
      'batch_read test.products 1',
      'put test.products 50',
      'remove test.products 5',
      'scan test.products 1',
    ]);
    await assertCleanEnd();
  });

  it('connection-pool shows that the slow node has no connection left, and that more of them help', async () => {
    program = new Program(['pool.js'], { cwd: join(EXAMPLES, 'connection-pool') });
    assert.equal(await program.exit(), 0, program.stderr);
    assert.equal(program.stderr, '');
    const [healthy = '', slow = '', helped = ''] = program.stdout.split(/\n(?=\S)/);
    for (const text of [healthy, helped]) assert.match(text, /^ {2}600 gets succeeded$/m);
    assert.match(slow, /^ {2}\d+ gets failed: -7 /m);
    const used = (node: string, text: string) =>
      Number(new RegExp(`^ {2}${node}: (\\d+) of`, 'm').exec(text)?.[1]);
    for (const text of [slow, helped]) {
      for (const node of ['A1', 'C1']) assert.ok(used(node, text) < used('B1', text), text);
    }
    // One can have been given back since.
    assert.ok(used('B1', slow) > 7, slow);
    assert.ok(used('B1', helped) > 10, helped);
  });

  for (const name of ['express', 'fastify']) {
    it(`${name} serves its own metrics and those of Aerospike in one answer`, async () => {
      start(name);
      await request(USERS);
      const response = await fetch(new URL('/metrics', await urlOf('listening on')));
      assert.match(response.headers.get('content-type') ?? '', /^text\/plain; .*version=0\.0\.4/);
      const text = await response.text();
      assert.deepEqual(measured(text), USERS_MEASURED);
      assert.deepEqual(
        samplesOf('http_requests_total', text).map(({ labels, value }) => [
          labels.method,
          labels.status,
          value,
        ]),
        [
          ['PUT', '204', 1],
          ['GET', '200', 2],
          ['GET', '404', 1],
        ],
      );
      const types = Array.from(text.matchAll(/^# TYPE (\S+) /gm), ([, metric]) => metric);
      const others = types.filter(metric => !CLIENT_STATE.includes(metric ?? ''));
      assert.deepEqual(others.toSorted(), [
        'db_client_operation_duration_seconds',
        'http_requests_total',
        'target_info',
      ]);
      assert.deepEqual(types.toSorted(), [...others, ...CLIENT_STATE].toSorted());
      await assertCleanEnd();
    });
  }

  it('express serves both as OpenMetrics too, in one answer that ends once', async () => {
    start('express', 'start:openmetrics');
    await request(USERS);
    const response = await fetch(new URL('/metrics', await urlOf('listening on')));
    const contentType = response.headers.get('content-type') ?? '';
    assert.match(contentType, /^application\/openmetrics-text; .*version=1\.0\.0/);
    const text = await response.text();
    assert.deepEqual(measured(text), USERS_MEASURED);
    assert.deepEqual(
      samplesOf('http_requests_total', text).map(({ value }) => value),
      [1, 2, 1],
    );
    const heads = text.match(/^# (TYPE|UNIT|EOF).*/gm) ?? [];
    const isOfState = (head: string) =>
      CLIENT_STATE.some(metric => head.includes(` ${metric.replace(/_total$/, '')} `));
    assert.equal(heads.filter(isOfState).length, CLIENT_STATE.length);
    assert.deepEqual(
      heads.filter(head => !isOfState(head)),
      [
        '# TYPE target info',
        '# TYPE db_client_operation_duration_seconds histogram',
        '# UNIT db_client_operation_duration_seconds seconds',
        '# TYPE http_requests counter',
        '# EOF',
      ],
    );
    await assertCleanEnd();
  });

  it('nestjs serves the metrics from its bootstrap to its shutdown', async () => {
    start('nestjs', 'start', { NO_COLOR: '1' });
    const [put, ...gets] = USERS;
    assert.ok(put);
    // NestJS answers a PUT with 200 unless it is told otherwise.
    await request([[...put.slice(0, 3), 200] as unknown as Exchange, ...gets]);
    assert.deepEqual(measured(await textAt(await urlOf('metrics at'))), USERS_MEASURED);
    program.signal('SIGTERM');
    // NestJS ends the process with the signal, after it has shut everything down.
    assert.equal(await program.exit(), 143, program.stderr);
    assert.equal(program.stderr, '');
  });

  for (const [script, parts] of [
    ['start', 'the view and the exporter'],
    ['start:producer', 'the metric producer and the exporter'],
  ] as const) {
    it(`nodesdk exports by ${parts} of its SDK`, async () => {
      const port = String(await freePort());
      start('nodesdk', script, { METRICS_PORT: port });
      // A server that is not the embedded one may still have the carts of an earlier run.
      const cart = `/carts/${randomUUID()}`;
      await request([
        ['GET', cart, undefined, 404],
        ['POST', cart, 'apple', 200, '1\n'],
        ['POST', cart, 'pear', 200, '2\n'],
        ['GET', cart, undefined, 200, '["apple","pear"]\n'],
        ['DELETE', cart, undefined, 200],
      ]);
      const text = await textWhenServed(`http://localhost:${port}/metrics`);
      assert.deepEqual(measured(text), [
        'operate test.carts 2',
        'remove test.carts 1',
        'select test.carts 1',
        'select test.carts KeyNotFoundError 2 1',
      ]);
      assert.equal(samplesOf('target_info', text)[0]?.labels.service_name, 'carts');
      await assertCleanEnd();
    });
  }

  describe('tracing', () => {
    let receiver: OtlpReceiver;

    before(async () => {
      receiver = await OtlpReceiver.start();
    });
    after(() => {
      receiver.stop();
    });

    it('exports one trace for each request, down to the operations of all styles', async () => {
      start('tracing', 'start:export', { ...(await tracingPorts()), ...receiver.environment });
      await request(ARTICLES);
      await assertCleanEnd();
      assert.deepEqual(traces(receiver.spans), [
        'GET > get articles, increment articles',
        'GET > get articles: error',
        'GET > scan articles',
        'PUT > put articles',
      ]);
    });

    it('prints its traces where there is no receiver', async () => {
      start('tracing', 'start', await tracingPorts());
      await request(ARTICLES);
      await assertCleanEnd();
      const lines = program.stdout.replace(/\d+\.\d+ ms/g, '… ms').split('\n');
      assert.deepEqual(lines.slice(1), [
        'PUT /articles/1 … ms',
        '  put articles … ms',
        'GET /articles/1 … ms',
        '  get articles … ms',
        '  increment articles … ms',
        'GET /articles/2 … ms',
        '  get articles … ms',
        'GET / … ms',
        '  scan articles … ms',
        '',
      ]);
    });
  });

  it('tracing leads from an exemplar to its trace', async () => {
    const env = await tracingPorts();
    start('tracing', 'start', env);
    await request(ARTICLES);
    const cwd = join(EXAMPLES, 'tracing');
    const { stdout } = await new Program(['exemplar.mjs'], { cwd, env }).result();
    assert.match(
      stdout,
      /^scan, up to \S+ s: \d+ # \{trace_id="\w{32}",span_id="\w{16}"\} \S+ \S+\n\nGET \/ \S+ ms\n {2}scan articles \S+ ms\n$/,
    );
    await assertCleanEnd();
  });

  describe('zero-code is measured', () => {
    const register = 'opentelemetry-instrumentation-aerospike/register';
    const ways: [title: string, script: string, env?: NodeJS.ProcessEnv][] = [
      ['in CommonJS, with --require', 'start'],
      ['as an ES module, with --import', 'start:esm'],
      ['by NODE_OPTIONS with --require', 'plain', { NODE_OPTIONS: `--require ${register}` }],
      ['by NODE_OPTIONS with --import', 'plain', { NODE_OPTIONS: `--import ${register}` }],
    ];

    for (const [title, script, env] of ways) {
      it(title, async () => {
        start('zero-code', script, { OTEL_EXPORTER_PROMETHEUS_PORT: '0', ...env });
        await request(VISITS);
        const url = await urlOf('metrics at');
        assert.deepEqual(measured(await textAt(url)), ['operate test.visits 2']);
        await assertCleanEnd(`opentelemetry-instrumentation-aerospike: metrics at ${url}\n`);
      });
    }

    it('not at all without an option', async () => {
      start('zero-code', 'plain', { OTEL_EXPORTER_PROMETHEUS_PORT: '0' });
      await request(VISITS);
      await assertCleanEnd();
    });
  });
});

describe('the README', () => {
  const names = readdirSync(EXAMPLES, { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(({ name }) => name);

  it('of the examples names each of them', () => {
    const text = readFileSync(join(EXAMPLES, 'README.md'), 'utf8');
    assert.deepEqual(
      names.filter(name => !text.includes(`](${name}/)`)),
      [],
    );
  });

  // What is no workspace is there to be copied, and run by the tests of the ecosystem.
  const workspaces = names.filter(name => existsSync(join(EXAMPLES, name, 'package.json')));

  for (const name of workspaces) {
    it(`of ${name} begins with one command, of what there is`, () => {
      const text = readFileSync(join(EXAMPLES, name, 'README.md'), 'utf8');
      const [, command = ''] = /```sh\n(.*)\n```/.exec(text) ?? [];
      const [, script = name] = /npm run (\S+)/.exec(command) ?? [];
      const paths = command.split(' ').filter(word => word.startsWith('examples/'));
      assert.ok(command.includes(name), command);
      assert.ok(script === name || manifestOf(ROOT).scripts?.[script], `no script ${script}`);
      assert.deepEqual(
        paths.filter(path => !existsSync(join(ROOT, path))),
        [],
      );
    });
  }
});

/** Every series of the metric, as `operation namespace.set [error code] count`, in alphabetical order. */
function measured(text: string): string[] {
  return samplesOf('db_client_operation_duration_seconds_count', text)
    .map(({ labels, value }) => {
      assert.equal(labels.db_system_name, 'aerospike');
      assert.ok(labels.server_address);
      const target = `${labels.db_namespace ?? ''}.${labels.db_collection_name ?? ''}`;
      const failure = [labels.error_type, labels.db_response_status_code];
      return [labels.db_operation_name, target, ...failure, value]
        .filter(part => part !== undefined)
        .join(' ');
    })
    .sort();
}

/** Every trace, as `request > operation, operation`. None may have a span without its parent. */
function traces(spans: readonly OtlpSpan[]): string[] {
  const roots = spans.filter(({ parentSpanId = '' }) => parentSpanId === '');
  const children = spans.filter(span => !roots.includes(span));
  const found = roots.map(root => {
    assert.equal(root.kind, SERVER);
    const operations = children.filter(({ parentSpanId }) => parentSpanId === root.spanId);
    return [root, operations] as const;
  });
  assert.equal(
    found.flatMap(([, operations]) => operations).length,
    children.length,
    'a span whose parent is not a request',
  );
  return found
    .map(([root, operations]) => {
      const texts = operations.map(({ traceId, kind, name, status }) => {
        assert.deepEqual([traceId, kind], [root.traceId, CLIENT]);
        return status.code === ERROR ? `${name}: error` : name;
      });
      return `${root.name} > ${texts.join(', ')}`;
    })
    .sort();
}

async function textAt(url: string): Promise<string> {
  return (await fetch(url)).text();
}

/** The exporter of an SDK does not tell when it listens, so this asks until it is answered. */
function textWhenServed(url: string): Promise<string> {
  return eventually(`${url} answers`, async () => {
    try {
      return await textAt(url);
    } catch (error) {
      const { code } = (error as Error).cause as NodeJS.ErrnoException;
      if (code !== 'ECONNREFUSED') throw error;
      return undefined;
    }
  });
}
