import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort, Program } from '@test/support';
import { startServer, type TestServer } from '../support/server';

const PROGRAM = resolve(__dirname, '../../../test/programs/cluster-load.cjs');
const REGISTER = resolve(__dirname, '../../src/register/index.js');

/** Ways for a worker to end in which it has its say. */
const ENDS = ['exit', 'error', 'signal', 'leave'];

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
    port = await freePort();
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
    return files.reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);
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
    const all = new RegExp(pattern, 'g');
    await program.printed(new RegExp(`(${pattern.source}[^]*){${times}}`));
    assert.ok((program.stdout.match(all) ?? []).length >= times);
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
    const ofKilled = () => statSync(join(folder, `completed-${pid}`)).size;
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

  it('count their connections together, and each node once', async () => {
    await startRegistered();
    const text = await scrape();
    assert.equal(valueOf(text, 'aerospike_client_node_count'), 1);
    assert.equal(valueOf(text, 'db_client_connection_max'), 400);
    program.input('exit\n');
    await hasPrinted(/running \d+/, 5);
    assert.equal(valueOf(await scrape(), 'db_client_connection_max'), 400);
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
      readdirSync(process.env.XDG_RUNTIME_DIR ?? tmpdir()).filter(name =>
        name.startsWith('otel-aerospike-'),
      );
    const others = meetingPlaces();
    await startRegistered();
    await counted();
    program.input('end\n');
    await program.exit();
    assert.deepEqual(meetingPlaces(), others);
  });
});
