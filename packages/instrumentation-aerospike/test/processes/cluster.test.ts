import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { eventually, freePort, Program } from '@test/support';
import { startServer, type TestServer } from '../support/server';

const PROGRAM = resolve(__dirname, '../../../test/programs/cluster-load.cjs');
const REGISTER = resolve(__dirname, '../../src/register/index.js');

/** Ways for a worker to end in which it has its say. */
const ENDS = ['exit', 'error', 'signal', 'leave'];

/** A port that is free together with the one after it. Those that the system gives out are above, and soon taken. */
async function freePair(): Promise<number> {
  for (;;) {
    const port = randomInt(10_000, 30_000);
    try {
      for (const each of [port, port + 1]) {
        const server = createServer().listen(each, 'localhost');
        await once(server, 'listening');
        server.close();
        await once(server, 'close');
      }
      return port;
    } catch {
      // One of them is taken.
    }
  }
}

describe('the workers of a cluster', function () {
  this.timeout(60_000);
  let server: TestServer;
  let folder: string;
  let port: number;
  let program: Program;

  before(async () => {
    server = await startServer();
  });

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'cluster-'));
    port = await freePair();
  });

  afterEach(async () => {
    await Program.killAll();
    rmSync(folder, { recursive: true });
  });

  after(() => server.stop());

  function start(args: string[], env: NodeJS.ProcessEnv = {}): void {
    program = new Program([...args, PROGRAM], {
      hasInput: true,
      env: {
        HOSTS: server.hosts,
        FOLDER: folder,
        // A primary that is killed leaves its folder behind.
        XDG_RUNTIME_DIR: folder,
        OTEL_EXPORTER_PROMETHEUS_PORT: String(port),
        ...env,
      },
    });
  }

  /** With four workers that call, and whose metrics are served. */
  async function startRegistered(): Promise<void> {
    start(['--require', REGISTER]);
    await hasPrinted(/running \d+/, 4);
    await program.printed(/metrics of all workers at/);
  }

  /** How many calls all workers together have made so far. */
  function calls(what: 'started' | 'completed'): number {
    const files = readdirSync(folder).filter(file => file.startsWith(what));
    return files.reduce((sum, file) => sum + sizeOf(file), 0);
  }

  function sizeOf(file: string): number {
    return statSync(join(folder, file), { throwIfNoEntry: false })?.size ?? 0;
  }

  async function scrape(at = port): Promise<string> {
    const response = await fetch(`http://localhost:${at}/metrics`);
    assert.equal(response.status, 200);
    return response.text();
  }

  function valueOf(text: string, name: string): number {
    const lines = text.split('\n').filter(line => new RegExp(`^${name}[{ ]`).test(line));
    return lines.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);
  }

  async function counted(at = port): Promise<number> {
    return valueOf(await scrape(at), 'db_client_operation_duration_seconds_count');
  }

  async function hasPrinted(pattern: RegExp, times: number): Promise<void> {
    await program.printed(new RegExp(`(${pattern.source}[^]*){${times}}`));
  }

  /** Has all workers stop calling, so that the counts stand still. */
  async function pause(times: number): Promise<void> {
    program.input('pause\n');
    await hasPrinted(/paused \d+/, times);
  }

  it('are counted as often as they have called, however they end and are replaced', async () => {
    await startRegistered();
    const watching = new AbortController();
    let last = 0;
    const watch = (async () => {
      while (!watching.signal.aborted) {
        const count = await counted();
        assert.ok(count >= last, `the count has fallen from ${last} to ${count}`);
        assert.ok(count <= calls('started'), 'more was counted than was called');
        last = count;
        await wait(20);
      }
    })();
    for (const [index, way] of ENDS.entries()) {
      program.input(`${way}\n`);
      await hasPrinted(/running \d+/, 5 + index);
    }
    await pause(4);
    watching.abort();
    await watch;
    assert.equal(await counted(), calls('completed'));
    assert.ok(last > 50);
  });

  it('are short where they are killed by no more than they have called since they last told', async () => {
    await startRegistered();
    const [, pid = ''] = await program.printed(/running 1 (\d+)/);
    const ofKilled = () => sizeOf(`completed-${pid}`);
    const toldAtLeast = ofKilled();
    // Every scrape has all workers tell.
    const before = await counted();
    program.input('kill\n');
    await program.printed(/ended 1 null SIGKILL/);
    await hasPrinted(/running \d+/, 5);
    await pause(4);
    const after = await counted();
    assert.ok(after >= before);
    assert.ok(after <= calls('started'));
    const missing = calls('completed') - after;
    assert.ok(missing <= ofKilled() - toldAtLeast, `${missing} are missing`);
  });

  it('are counted where they end right after their first call, and are replaced', async () => {
    start(['--require', REGISTER], { WORKERS: '2', LIVES: '12' });
    await program.printed(/metrics of all workers at/);
    await program.printed(/ended 12/);
    await pause(1);
    // The first worker tells as soon as it has found its primary.
    while ((await counted()) < calls('completed')) await wait(20);
    assert.equal(await counted(), calls('completed'));
  });

  it('are served where all of them end before they have found their primary', async () => {
    const early = resolve(__dirname, '../../../test/programs/cluster-early-end.cjs');
    program = new Program(['--require', REGISTER, early], {
      hasInput: true,
      env: { XDG_RUNTIME_DIR: folder, OTEL_EXPORTER_PROMETHEUS_PORT: String(port) },
    });
    await program.printed(/ended 3/);
    await program.printed(/metrics of all workers at/);
    assert.equal(await counted(), 1);
    program.endInput();
    await program.exit();
  });

  it('are told of in one line where the metrics are, by one of them', async () => {
    await startRegistered();
    await counted();
    await pause(4);
    assert.equal(
      program.stderr,
      `opentelemetry-instrumentation-aerospike: metrics of all workers at http://localhost:${port}/metrics\n`,
    );
    assert.doesNotMatch(program.stdout, /foreign message/);
  });

  it('have the resource of /register, although getMetrics() was asked for before', async () => {
    start(['--require', REGISTER], {
      TEXT_FIRST: 'yes',
      WORKERS: '1',
      OTEL_SERVICE_NAME: 'shop',
    });
    await program.printed(/metrics of all workers at/);
    assert.match(await scrape(), /^target_info\{service_name="shop"/m);
  });

  it('count their connections together, and each node once', async () => {
    await startRegistered();
    // Each tells as soon as it has found its primary.
    const hasAll = async () => valueOf(await scrape(), 'db_client_connection_max') === 400;
    while (!(await hasAll())) await wait(20);
    assert.equal(valueOf(await scrape(), 'aerospike_client_node_count'), 1);
    program.input('exit\n');
    await hasPrinted(/running \d+/, 5);
    while (!(await hasAll())) await wait(20);
    assert.equal(valueOf(await scrape(), 'aerospike_client_node_count'), 1);
  });

  it('tell nothing of their clients where that is turned off', async () => {
    start(['--require', REGISTER], {
      WORKERS: '2',
      OTEL_INSTRUMENTATION_AEROSPIKE_CLIENT_METRICS: 'false',
    });
    await hasPrinted(/running \d+/, 2);
    await program.printed(/metrics of all workers at/);
    await pause(2);
    await eventually('all calls are counted', async () =>
      (await counted()) === calls('completed') ? true : undefined,
    );
    assert.doesNotMatch(await scrape(), /^(db_client_connection|aerospike_client)/m);
  });

  it('are waited for no longer than a second, and keep their last numbers', async () => {
    await startRegistered();
    const before = await counted();
    program.input('stop\n');
    const start = performance.now();
    const count = await counted();
    const tookMs = performance.now() - start;
    assert.ok(count >= before);
    assert.ok(tookMs < 5000, `it took ${tookMs} ms`);
    await counted();
    assert.equal(program.stderr.split('does not answer').length, 2);
    program.input('continue\n');
    await pause(4);
    assert.equal(await counted(), calls('completed'));
  });

  it('leave nothing behind when the primary ends', async () => {
    const meetingPlaces = () =>
      readdirSync(folder).filter(name => name.startsWith('otel-aerospike-'));
    await startRegistered();
    assert.equal(meetingPlaces().length, 1);
    program.input('end\n');
    await program.exit();
    assert.deepEqual(meetingPlaces(), []);
  });

  describe('that start a metrics server in code', () => {
    const SERVER = resolve(__dirname, '../../src/prometheus/index.js');

    it('have it in the primary, with the sums of all', async () => {
      start(['--require', SERVER], { OWN_SERVER_PORT: String(port) });
      const url = `http://localhost:${port}/metrics`;
      await hasPrinted(new RegExp(`serving at ${url}`), 4);
      await hasPrinted(/running \d+/, 4);
      await pause(4);
      assert.equal(await counted(), calls('completed'));
      assert.equal(program.stderr, '');
    });

    it('get its error where the port is taken', async () => {
      const taken = createServer().listen(port, 'localhost');
      await once(taken, 'listening');
      start(['--require', SERVER], { OWN_SERVER_PORT: String(port), WORKERS: '1' });
      await program.printed(/could not serve: EADDRINUSE .*the port is taken/);
      taken.close();
    });

    it('have the first of several, and a line that says so', async () => {
      const url = `http://localhost:${port}/metrics`;
      start(['--require', SERVER], {
        OWN_SERVER_PORT: String(port),
        WORKERS: '1',
        OTHER_SERVER_PORT: String(await freePort()),
      });
      await hasPrinted(new RegExp(`serving at ${url}`), 2);
      await program.printed(new RegExp(`of this cluster are served at ${url} already`));
    });

    it('are served for as long as one of them has not closed its server', async () => {
      start(['--require', SERVER], { OWN_SERVER_PORT: String(port), WORKERS: '2' });
      await hasPrinted(/running \d+/, 2);
      program.input('close\n');
      await hasPrinted(/closed 1/, 1);
      await scrape();
      program.input('exit\n');
      await hasPrinted(/running \d+/, 3);
      program.input('close\n');
      await hasPrinted(/closed 2/, 1);
      await scrape();
    });

    it('are served until each of them has called stopMetricsServer()', async () => {
      start(['--require', SERVER], { OWN_SERVER_PORT: String(port), WORKERS: '2' });
      await hasPrinted(/running \d+/, 2);
      program.input('stop-server\n');
      await program.printed(/stopped 1/);
      await scrape();
      program.input('stop-servers\n');
      await hasPrinted(/stopped \d/, 3);
      await assert.rejects(scrape());
    });

    it('get the sums from getMetrics()', async () => {
      start(['--require', SERVER], { OWN_SERVER_PORT: String(port), WORKERS: '2' });
      await hasPrinted(/running \d+/, 2);
      await pause(2);
      program.input('text\n');
      const [, count] = await program.printed(/getMetrics\(\) has (\d+)/);
      assert.equal(Number(count), calls('completed'));
    });

    it('get the sums from getMetrics() while one of them does not answer', async () => {
      start(['--require', SERVER], { OWN_SERVER_PORT: String(port), WORKERS: '2' });
      await hasPrinted(/running \d+/, 2);
      await pause(2);
      // Every scrape has all workers tell.
      assert.equal(await counted(), calls('completed'));
      program.input('stop\n');
      program.input('text\n');
      const [, count] = await program.printed(/getMetrics\(\) has (\d+)/);
      assert.equal(Number(count), calls('completed'));
      assert.match(program.stderr, /^\S+ worker \d+ does not answer.*\n$/);
    });

    it('serve for themselves where the primary has not loaded this package, and say so', async () => {
      start([], { OWN_SERVER_PORT: String(port), WORKERS: '2' });
      await hasPrinted(/running \d+/, 2);
      const urls = [...program.stdout.matchAll(/serving at (\S+)/g)].map(([, url]) => url);
      const ports = [port, port + 1].map(each => `http://localhost:${each}/metrics`);
      assert.deepEqual(urls.sort(), ports);
      assert.match(program.stderr, /primary has not loaded this package/);
      await scrape(port);
      await scrape(port + 1);
    });
  });

  describe('that each set up an exporter of the SDK', () => {
    const SDK = resolve(__dirname, '../../../test/programs/cluster-sdk.cjs');

    async function runWith(env: NodeJS.ProcessEnv): Promise<string> {
      program = new Program([SDK], {
        hasInput: true,
        env: { OTEL_EXPORTER_PROMETHEUS_PORT: String(port), ...env },
      });
      await hasPrinted(/ready/, 3);
      program.endInput();
      return (await program.result()).stderr;
    }

    it('are told once that scrapes reach one after the other', async () => {
      assert.match(
        await runWith({}),
        /^\S+ each worker of this cluster has .* on the same port.*\n$/,
      );
    });

    it('are told nothing where each has a port of its own', async () => {
      assert.equal(await runWith({ OWN_PORTS: 'yes' }), '');
    });
  });

  describe('that serve for themselves', () => {
    const SEPARATE = { OTEL_INSTRUMENTATION_AEROSPIKE_CLUSTER: 'separate' };

    /** The calls of the workers that run, each counted at one of the two ports. */
    async function areServedAtBothPorts(ids: readonly number[]): Promise<void> {
      await pause(ids.length);
      const expected = ids.map(id => {
        const [, pid = ''] = new RegExp(`running ${id} (\\d+)`).exec(program.stdout) ?? [];
        return sizeOf(`completed-${pid}`);
      });
      // One that had the second port may move to the first before the other one is there.
      await eventually(`${expected.join(' and ')} calls at the two ports`, async () => {
        const counts = await Promise.all([port, port + 1].map(at => counted(at).catch(() => -1)));
        return isDeepStrictEqual(counts.sort(), expected.sort()) ? true : undefined;
      });
    }

    it('have the ports of those whose place they take', async () => {
      start(['--require', REGISTER], { ...SEPARATE, WORKERS: '2' });
      await hasPrinted(/running \d+/, 2);
      program.input('kill\n');
      await hasPrinted(/running \d+/, 3);
      await areServedAtBothPorts([2, 3]);
    });

    it('have the number that PM2 gives them, as soon as another process has left its port', async () => {
      const env = { NODE_APP_INSTANCE: '1', pm_id: '4', WORKERS: '1' };
      start(['--require', REGISTER], env);
      await hasPrinted(/running \d+/, 1);
      await program.printed(new RegExp(`metrics at http://localhost:${port + 1}/metrics`));
      const before = program;
      start(['--require', REGISTER], env);
      await hasPrinted(/running \d+/, 1);
      assert.equal(program.stderr, '');
      before.input('end\n');
      await before.exit();
      await program.printed(new RegExp(`metrics at http://localhost:${port + 1}/metrics`));
      await scrape(port + 1);
    });
  });
});
