import assert from 'node:assert/strict';
import { join } from 'node:path';
import { Program, type ProgramResult } from '@test/support';
import { AerospikeMemoryServer } from '../src';
import { causeOfEnd } from '../src/child/cause-of-end';
import { apply } from './support/requests';
import { WireClient } from './support/wire-client';

const PACKAGE = join(__dirname, '../src');

/** The flag has lost its prefix with Node.js 22.13. */
const PERMISSION = process.allowedNodeEnvironmentFlags.has('--permission')
  ? '--permission'
  : '--experimental-permission';

/** Starts a program in which `create` starts a server. */
function start(code: string): Program {
  const create = `const create = options => require(${JSON.stringify(PACKAGE)}).AerospikeMemoryServer.create(options);`;
  return new Program(['--eval', create + code]);
}

function run(code: string): Promise<ProgramResult> {
  return start(code).result();
}

describe("with Node.js's permission model, a server", () => {
  const create = `require(${JSON.stringify(PACKAGE)}).AerospikeMemoryServer.create()`;

  /** What the creation of a server comes to, and the lines of this package on standard error. */
  async function outcome(...permissions: string[]): Promise<{ stdout: string; said: string[] }> {
    const code = `${create}.then(server => server.stop()).then(
      () => console.log('stopped'), error => console.log(error.message));`;
    const { stdout, stderr } = await new Program([
      PERMISSION,
      '--allow-fs-read=*',
      ...permissions,
      '--eval',
      code,
    ]).result();
    return {
      stdout,
      said: stderr.split('\n').filter(line => line.startsWith('aerospike-memory-server')),
    };
  }

  it('says which permission it lacks', async () => {
    assert.deepEqual(await outcome(), {
      stdout:
        "Cannot start the process of the server: Node.js's permission model forbids it; add --allow-child-process.\n",
      said: [],
    });
  });

  it('says nothing of flags that it has from the application', async () => {
    assert.deepEqual(await outcome('--allow-child-process'), { stdout: 'stopped\n', said: [] });
  });
});

describe('a server that nobody stops', () => {
  afterEach(() => Program.killAll());

  it('does not keep the process that started it alive', async () => {
    assert.deepEqual(await run(`create().then(({ port }) => console.log(port > 0))`), {
      code: 0,
      stdout: 'true\n',
      stderr: '',
    });
  });

  it('keeps it alive until what it is told is done', async () => {
    const { stdout } = await run(`
      create()
        .then(server => server.advanceTime(1).then(() => server.restart()).then(() => server.stop()))
        .then(() => console.log('done'))`);
    assert.equal(stdout, 'done\n');
  });

  it('keeps it alive with keepAlive', async () => {
    // The timer does not: it only gets to run when something else does.
    const { stdout } = await run(`
      create({ keepAlive: true }).then(server => {
        setTimeout(() => server.stop().then(() => console.log('stopped')), 100).unref();
      })`);
    assert.equal(stdout, 'stopped\n');
  });

  it('ends with it, even by SIGKILL, while a UDF does not return', async () => {
    const program = start(`
      create({ keepAlive: true }).then(async server => {
        await server.registerUdf('module', { forever() { for (;;); } });
        console.log(server.port);
      })`);
    const [, port] = await program.printed(/(\d+)\n/);
    const client = await WireClient.connect(Number(port));
    await client.send(apply('k', 'module', 'forever'));
    program.signal('SIGKILL');
    await client.closed();
  });
});

describe('what ends the server', () => {
  afterEach(() => Program.killAll());

  it('fails its commands: a UDF that allocates buffers without end', async () => {
    const server = await AerospikeMemoryServer.create();
    await server.registerUdf('module', {
      allocate() {
        const all: unknown[] = [];
        for (;;) all.push(Buffer.alloc(10_000_000, 1));
      },
    });
    const client = await WireClient.connect(server.port);
    await client.send(apply('k', 'module', 'allocate'));
    await client.closed();
    await assert.rejects(server.reset(), /^Error: The server has ended: it ran out of memory\.$/);
    await server.stop();
  }).timeout(60_000);

  it('does not end the process that started it, and is said in one line: a UDF that allocates arrays', async () => {
    const { code, stderr } = await run(`
      create({ keepAlive: true }).then(async server => {
        await server.registerUdf('module', {
          allocate() { const all = []; for (;;) all.push(new Array(1e7).fill(1)); },
        });
        require('node:net').connect(server.port).write(
          Buffer.from(${JSON.stringify(apply('k', 'module', 'allocate').toString('hex'))}, 'hex'),
        );
      })`);
    assert.equal(code, 0);
    assert.equal(
      stderr,
      'aerospike-memory-server: the server has ended, and all of its commands fail: it ran out of memory\n',
    );
  }).timeout(60_000);

  it('is named: an error, a signal, an exit code', () => {
    const dump = 'at x (y.js:1:1)\nRangeError: that is too much\n    at z (y.js:2:2)\n';
    assert.equal(causeOfEnd(1, null, dump), 'RangeError: that is too much');
    assert.equal(causeOfEnd(null, 'SIGKILL', ''), 'it was ended by SIGKILL');
    assert.equal(causeOfEnd(3, null, ''), 'it exited with code 3');
    assert.equal(
      causeOfEnd(null, 'SIGTRAP', '# Fatal JavaScript invalid size error 169220804'),
      'it ran out of memory',
    );
  });
});
