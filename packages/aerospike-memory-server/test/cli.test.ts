import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Aerospike from 'aerospike';
import { Program, type ProgramResult } from '@test/support';
import { AerospikeMemoryServer } from '../src';
import { apply, info, key, message, put, resultCodeOf } from './support/requests';
import { WireClient } from './support/wire-client';

const COMMAND = join(__dirname, '../../bin/aerospike-memory-server.js');

function start(...args: string[]): Program {
  return new Program([COMMAND, ...args]);
}

function run(...args: string[]): Promise<ProgramResult> {
  return start(...args).result();
}

describe('the command line', () => {
  afterEach(() => Program.killAll());

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    it(`serves until ${signal}`, async () => {
      const program = start('--port', '0', '--namespace', 'test', '--namespace', 'bar');
      const [, port] = await program.printed(
        /^listening on 127\.0\.0\.1:(\d+), namespaces test, bar\n$/,
      );
      const client = await WireClient.connect(Number(port));
      assert.equal(resultCodeOf(await client.request(put('k', 1))), 0);
      program.signal(signal);
      assert.equal(await program.exit(), 0);
      await client.closed();
    });
  }

  it('serves as many nodes as it is told', async () => {
    const program = start('--port', '0', '--nodes', '3');
    const [, hosts = ''] = await program.printed(/^listening on (\S+), namespaces test\n$/);
    const client = await Aerospike.connect({ hosts });
    assert.equal(client.getNodes().length, 3);
    client.close();
    program.signal('SIGTERM');
    assert.equal(await program.exit(), 0);
  });

  it('says that there cannot be so many nodes', async () => {
    const { code, stderr } = await run('--nodes', '9');
    assert.equal(code, 1);
    assert.match(stderr, /nodes must be a whole number from 1 to 8, not 9/);
  });

  describe('with a command', () => {
    const { AEROSPIKE_HOSTS } = process.env;

    before(() => {
      delete process.env.AEROSPIKE_HOSTS;
    });
    after(() => {
      if (AEROSPIKE_HOSTS !== undefined) process.env.AEROSPIKE_HOSTS = AEROSPIKE_HOSTS;
    });
    afterEach(() => {
      delete process.env.AEROSPIKE_HOSTS;
    });

    const node = (code: string) => ['--', process.execPath, '--eval', code];

    it('serves it at AEROSPIKE_HOSTS, and ends with its exit code', async () => {
      const connects = `
        const [host, port] = process.env.AEROSPIKE_HOSTS.split(':');
        require('node:net').connect(port, host, () => {
          console.log('connected to', host);
          process.exit(3);
        });`;
      assert.deepEqual(await run(...node(connects)), {
        code: 3,
        stdout: 'connected to 127.0.0.1\n',
        stderr: '',
      });
    });

    for (const [how, dashes] of [
      ['with two dashes before it', ['--']],
      ['without them, as npm and Yarn 1 leave it', []],
    ] as const) {
      it(`takes the options before it as its own, and none after it, ${how}`, async () => {
        const { code, stdout } = await run(
          ...['--namespace', 'bar', '-p', '0', ...dashes],
          ...[process.execPath, '-p', 'process.argv.slice(1).join()', '--', '-p', '1'],
        );
        assert.equal(code, 0);
        assert.equal(stdout, '-p,1\n');
      });
    }

    it('takes options for the server', async () => {
      const { code, stderr } = await run('--namespace', 'a b', ...node(''));
      assert.equal(code, 1);
      assert.match(stderr, /namespaces must be/);
    });

    it('lets it use the server that AEROSPIKE_HOSTS names already', async () => {
      process.env.AEROSPIKE_HOSTS = 'aero.example:3000';
      const { stdout } = await run(...node('console.log(process.env.AEROSPIKE_HOSTS)'));
      assert.equal(stdout, 'aero.example:3000\n');
    });

    it('gives SIGTERM to it, which decides about the end', async () => {
      const handles = `
        process.once('SIGTERM', () => process.exit(7));
        setInterval(() => undefined, 1000);
        console.log('ready');`;
      const program = start(...node(handles));
      await program.printed(/ready/);
      program.signal('SIGTERM');
      assert.equal(await program.exit(), 7);
    });

    it('ends with the exit code of a shell when a signal has ended it', async () => {
      const { code } = await run(...node('process.kill(process.pid, "SIGKILL")'));
      assert.equal(code, 137);
    });

    for (const [args, message] of [
      [['--'], "A command must follow '--'."],
      [['--', 'no-such-command'], "Cannot run 'no-such-command': there is no such command."],
    ] as const) {
      it(`refuses ${args.join(' ')}`, async () => {
        assert.deepEqual(await run(...args), {
          code: 1,
          stdout: '',
          stderr: `aerospike-memory-server: ${message}\n`,
        });
      });
    }
  });

  describe('started by a package runner', () => {
    const env = { npm_config_user_agent: 'npm/11' };

    /** A program of that name that runs a shell, which runs the server, and goes on after it. */
    async function startedBy(name: string, ...args: string[]): Promise<Program> {
      const folder = await mkdtemp(join(tmpdir(), 'runner-'));
      const file = join(folder, `${name}.js`);
      const command = [process.execPath, COMMAND, ...args].map(arg => `'${arg}'`).join(' ');
      await writeFile(
        file,
        `require('node:child_process').spawn('/bin/sh', ['-c', ${JSON.stringify(`${command}; true`)}], { stdio: 'inherit' });`,
      );
      return new Program([file], { env });
    }

    async function portOf(program: Program): Promise<number> {
      const [, port] = await program.printed(/(?:listening on \S+:|port )(\d+)/);
      return Number(port);
    }

    for (const name of ['npx', 'yarn-4.5.0']) {
      it(`ends when ${name} has ended`, async () => {
        const program = await startedBy(name, '--port', '0');
        const client = await WireClient.connect(await portOf(program));
        program.signal('SIGKILL');
        await client.closed();
      });
    }

    it('ends its command when that has ended', async () => {
      const connects = `
        const [, port] = process.env.AEROSPIKE_HOSTS.split(":");
        console.log("port " + port);
        setInterval(() => undefined, 1000);`;
      const program = await startedBy('npm', process.execPath, '--eval', connects);
      const client = await WireClient.connect(await portOf(program));
      program.signal('SIGKILL');
      await client.closed();
    });

    it('outlives a shell or another program that has started it', async () => {
      const program = await startedBy('supervisor', '--port', '0');
      const port = await portOf(program);
      program.signal('SIGKILL');
      // Three times as long as it takes to see that a package runner has ended.
      await new Promise(resolve => setTimeout(resolve, 750));
      const client = await WireClient.connect(port);
      assert.equal(resultCodeOf(await client.request(put('k', 1))), 0);
      client.close();
    });
  });

  it('says what it refuses as unsupported, once for each kind', async () => {
    const program = start('--port', '0');
    const [, port] = await program.printed(/listening on \S+:(\d+)/);
    const client = await WireClient.connect(Number(port));
    const HLL_MODIFY = 16;
    const operation = message({ info2: 1, fields: key('k'), operations: [[HLL_MODIFY, 4, 'h']] });
    for (const request of [operation, operation]) {
      assert.equal(resultCodeOf(await client.request(request)), 16);
    }
    await client.request(info('latencies\nlatencies\n'));
    await program.printed(/latencies/);
    program.signal('SIGTERM');
    await program.exit();
    assert.equal(
      program.stderr,
      'aerospike-memory-server: refused with code 16: the operation HLL_MODIFY is not supported\n' +
        'aerospike-memory-server: refused with code 16: the info command latencies is not supported\n',
    );
  });

  it('has the UDFs of CommonJS and ES modules, under the names of their files', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'udfs-'));
    const files = {
      'common.cjs': 'module.exports = { one: () => 1 };',
      'named.mjs': 'export function one() { return 1; }',
      'whole.mjs': 'export default { one: () => 1 };',
    };
    const paths = Object.keys(files).map(file => join(folder, file));
    for (const [file, source] of Object.entries(files)) await writeFile(join(folder, file), source);
    const program = start('--port', '0', ...paths.flatMap(path => ['--udf', path]));
    const [, port] = await program.printed(/listening on \S+:(\d+)/);
    const client = await WireClient.connect(Number(port));
    for (const module of ['common', 'named', 'whole']) {
      assert.equal(resultCodeOf(await client.request(apply('k', module, 'one'))), 0, module);
    }
    client.close();
    await rm(folder, { recursive: true });
  });

  it('prints its usage', async () => {
    const { code, stdout } = await run('--help');
    assert.equal(code, 0);
    assert.match(stdout, /^Usage: aerospike-memory-server/);
    for (const option of ['--port', '--host', '--namespace', '--udf', '--help', '--version']) {
      assert.ok(stdout.includes(option), option);
    }
  });

  it('prints its version', async () => {
    const { code, stdout } = await run('--version');
    assert.equal(code, 0);
    assert.match(stdout, /^\d+\.\d+\.\d+\S*\n$/);
  });

  it('says in one sentence that a port is in use', async () => {
    const server = await AerospikeMemoryServer.create();
    const { code, stdout, stderr } = await run('--port', String(server.port));
    await server.stop();
    assert.equal(code, 1);
    assert.equal(stdout, '');
    assert.equal(
      stderr,
      `aerospike-memory-server: Cannot listen on ${server.hosts}: it is in use; choose another port, or 0 for any free one.\n`,
    );
  });

  for (const [args, message] of [
    [['--port', 'abc'], /port must be a whole number from 0 to 65535, not 'abc'\n$/],
    [['--port', '70000'], /port must be .*, not 70000/],
    [['--namespace', 'a b'], /namespaces must be .*, not \[ 'a b' \]/],
    [['--udf', 'none.js'], /The UDFs in none\.js cannot be loaded: Cannot find module/],
    [['--nonsense'], /Unknown option '--nonsense'; --help lists the options\n$/],
    [['nonsense'], /Cannot run 'nonsense': there is no such command/],
    [['--nonsense', 'node'], /Unknown option '--nonsense'/],
    [['--port'], /Option '-p, --port <value>' argument missing/],
  ] as [string[], RegExp][]) {
    it(`refuses ${args.join(' ')}`, async () => {
      const { code, stdout, stderr } = await run(...args);
      assert.equal(code, 1);
      assert.equal(stdout, '');
      assert.match(stderr, message);
      assert.equal(stderr.trimEnd().split('\n').length, 1);
    });
  }
});
