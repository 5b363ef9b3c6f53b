import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AerospikeMemoryServer } from 'aerospike-memory-server';
import ts from 'typescript';
import { Consumers, manifestOf, Program, ROOT, samplesOf } from '@test/support';
import { RESOLUTIONS, typeErrors } from './type-check';

const NAME = 'opentelemetry-instrumentation-aerospike';
const PROGRAMS = join(ROOT, 'test/packages/programs');

/** The packages that only /prometheus and /register need. */
const OPTIONAL_PEERS = ['@opentelemetry/sdk-metrics', '@opentelemetry/exporter-prometheus'];

function missing(...packages: string[]): string {
  return (
    `needs ${packages.join(' and ')}: npm install ${packages.join(' ')} ` +
    '(if that is installed, a bundler hides it: keep it and this package external)'
  );
}

/** The entries that need some of these packages: a use of an export of each, and what that says when one is missing. */
const ENTRIES_WITH_PEERS = [
  [
    'prometheus',
    'getMetrics',
    'getMetrics().catch(error => console.log(error.message));',
    missing(...OPTIONAL_PEERS),
  ],
  [
    'metric-producer',
    'AerospikeMetricProducer',
    'try { new AerospikeMetricProducer(); } catch (error) { console.log(error.message); }',
    missing('@opentelemetry/sdk-metrics'),
  ],
] as const;

/** How the code of an application is given to Node.js, and how it loads something of a package. */
const FORMATS = {
  CommonJS: {
    evaluate: ['--eval'],
    load: (names: string, from: string) => `const { ${names} } = require('${from}');`,
  },
  ESM: {
    evaluate: ['--input-type=module', '--eval'],
    load: (names: string, from: string) => `import { ${names} } from '${from}';`,
  },
} as const;

/** An application without a line about telemetry, in each form that Node.js can run. */
const APPLICATIONS = {
  CommonJS: { type: 'commonjs', code: () => sourceOf('application.cjs') },
  ESM: { type: 'module', code: () => sourceOf('application.mjs') },
  'TypeScript, compiled to CommonJS': {
    type: 'commonjs',
    code: () => compiled('application.ts', ts.ModuleKind.CommonJS),
  },
  'TypeScript, compiled to ESM': {
    type: 'module',
    code: () => compiled('application.ts', ts.ModuleKind.ESNext),
  },
} as const;

describe('a fresh folder outside the repository', function () {
  this.timeout(60_000);

  let consumers: Consumers;
  let withoutPeers = '';
  let withPeers = '';

  before(async () => {
    consumers = await Consumers.create();
    withoutPeers = await consumers.install('without-peers', [NAME]);
    withPeers = await consumers.install(
      'with-peers',
      [NAME, 'aerospike-memory-server'],
      OPTIONAL_PEERS,
    );
  });

  after(() => {
    consumers.remove();
  });

  describe('with the instrumentation alone', () => {
    for (const [format, { evaluate, load }] of Object.entries(FORMATS)) {
      it(`has the main entry, in ${format}`, async () => {
        const code = `${load('AerospikeInstrumentation', NAME)}
          console.log(new AerospikeInstrumentation().instrumentationName);`;
        assert.deepEqual(await run(withoutPeers, ...evaluate, code), printed(`${NAME}\n`));
      });

      for (const [entry, exported, use, said] of ENTRIES_WITH_PEERS) {
        it(`is told by /${entry} what to install when it is used, in ${format}`, async () => {
          const code = `${load(exported, `${NAME}/${entry}`)} ${use}`;
          assert.deepEqual(
            await run(withoutPeers, ...evaluate, code),
            printed(`${NAME}/${entry} ${said}\n`),
          );
        });
      }
    }

    for (const option of ['--require', '--import']) {
      it(`is told by ${option} ${NAME}/register what to install, and goes on`, async () => {
        const args = [option, `${NAME}/register`, '--eval', "console.log('at work')"];
        assert.deepEqual(await run(withoutPeers, ...args), {
          code: 0,
          stdout: 'at work\n',
          stderr: `${NAME}: ${NAME}/register ${missing(...OPTIONAL_PEERS)}\n`,
        });
      });
    }

    it('has the types of the main entry', () => {
      assertTypes(withoutPeers, 'nodenext', ['typed-main-entry']);
    });
  });

  describe('with the optional packages too', () => {
    it('has those that package.json and the README name', () => {
      const { peerDependenciesMeta = {} } = manifestOf(join(withPeers, 'node_modules', NAME));
      assert.deepEqual(Object.keys(peerDependenciesMeta).sort(), [...OPTIONAL_PEERS].sort());
      const install = readmeOf(withPeers)
        .split('\n')
        .filter(line => line.startsWith('npm install '));
      // The first line with them all works with a package manager that installs no peers by itself.
      const all = ['@opentelemetry/api', ...OPTIONAL_PEERS];
      assert.ok(
        install.some(line => all.every(peer => line.includes(peer))),
        install.join('\n'),
      );
    });

    for (const [format, { evaluate, load }] of Object.entries(FORMATS)) {
      it(`has /prometheus, in ${format}`, async () => {
        const code = `${load('startMetricsServer, getMetrics', `${NAME}/prometheus`)}
          startMetricsServer({ port: 0 })
            .then(server => server.close())
            .then(getMetrics)
            .then(text => console.log(text.includes('db_client_operation_duration_seconds')));`;
        assert.deepEqual(await run(withPeers, ...evaluate, code), printed('true\n'));
      });

      it(`has /metric-producer, in ${format}`, async () => {
        const code = `${load('AerospikeMetricProducer', `${NAME}/metric-producer`)}
          new AerospikeMetricProducer()
            .collect()
            .then(({ errors, resourceMetrics }) =>
              console.log(errors.length, resourceMetrics.scopeMetrics.length));`;
        assert.deepEqual(await run(withPeers, ...evaluate, code), printed('0 0\n'));
      });

      it(`has the memory server, in ${format}`, async () => {
        const code = `${load('AerospikeMemoryServer', 'aerospike-memory-server')}
          AerospikeMemoryServer.create().then(server => server.stop())
            .then(() => console.log('stopped'));`;
        assert.deepEqual(await run(withPeers, ...evaluate, code), printed('stopped\n'));
      });
    }

    it('has the command of the memory server', async () => {
      const command = join(withPeers, 'node_modules/.bin/aerospike-memory-server');
      const running = new Program([command, '--port', '0'], { cwd: withPeers });
      try {
        await running.printed(/^listening on 127\.0\.0\.1:\d+, namespaces test\n/);
      } finally {
        running.signal('SIGTERM');
      }
      assert.equal(await running.exit(), 0, running.stderr);
    });

    for (const resolution of Object.keys(RESOLUTIONS)) {
      it(`has the types of all entries, by moduleResolution ${resolution}`, () => {
        const programs = ['typed-main-entry', 'typed-entries'];
        assertTypes(withPeers, resolution as keyof typeof RESOLUTIONS, programs);
      });
    }

    it('loads no SDK with the main entry', async () => {
      const code = `require('${NAME}'); console.log(JSON.stringify(Object.keys(require.cache)))`;
      const { stdout } = await run(withPeers, '--eval', code);
      const loaded = (JSON.parse(stdout) as string[]).map(packageOf);
      const apis = [
        '@opentelemetry/api',
        '@opentelemetry/api-logs',
        '@opentelemetry/instrumentation',
      ];
      const openTelemetry = loaded.filter(name => name.startsWith('@opentelemetry/'));
      assert.ok(openTelemetry.includes('@opentelemetry/instrumentation'), stdout);
      assert.deepEqual(
        openTelemetry.filter(name => !apis.includes(name)),
        [],
      );
    });
  });

  describe('shows the metrics of an application by the lines of the README', () => {
    let server: AerospikeMemoryServer;

    before(async () => {
      server = await AerospikeMemoryServer.create();
    });

    after(() => server.stop());

    for (const [title, { type, code }] of Object.entries(APPLICATIONS)) {
      for (const way of ['--require', '--import', 'NODE_OPTIONS']) {
        it(`with ${way}, where app.js is ${title}`, async () => {
          const folder = mkdtempSync(join(withPeers, 'application-'));
          writeFileSync(join(folder, 'package.json'), JSON.stringify({ type }));
          writeFileSync(join(folder, 'app.js'), code());

          const running = new Program(...started(withPeers, way, folder, server.hosts));
          try {
            await running.printed(/^ready$/m);
            const [, url = ''] = await running.printed(
              /metrics at (http:\/\/localhost:\d+\/metrics)\n/,
            );
            const text = await (await fetch(url)).text();
            const counts = samplesOf('db_client_operation_duration_seconds_count', text)
              .filter(({ labels }) => labels.db_collection_name === 'users')
              .map(({ labels, value }) => [labels.db_operation_name, value]);
            assert.deepEqual(counts, [
              ['put', 1],
              ['get', 1],
            ]);
          } finally {
            running.signal('SIGTERM');
          }
          assert.equal(await running.exit(), 0, running.stderr);
          assert.equal(running.stdout, 'ready\n');
        });
      }
    }
  });
});

async function run(cwd: string, ...args: string[]) {
  const program = new Program(args, { cwd });
  const code = await program.exit();
  return { code, stdout: program.stdout, stderr: program.stderr };
}

function sourceOf(program: string): string {
  return readFileSync(join(PROGRAMS, program), 'utf8');
}

function compiled(program: string, module: ts.ModuleKind): string {
  const compilerOptions = { module, target: ts.ScriptTarget.ES2022, esModuleInterop: true };
  return ts.transpileModule(sourceOf(program), { compilerOptions }).outputText;
}

function printed(stdout: string) {
  return { code: 0, stdout, stderr: '' };
}

function readmeOf(consumer: string): string {
  return readFileSync(join(consumer, 'node_modules', NAME, 'README.md'), 'utf8');
}

/** How the README of the installed package starts an application: by an option of Node.js or by NODE_OPTIONS. */
function started(
  consumer: string,
  way: string,
  cwd: string,
  hosts: string,
): ConstructorParameters<typeof Program> {
  const [, option = '', program = ''] =
    /^node (--require \S+) (app\.js)$/m.exec(readmeOf(consumer)) ?? [];
  assert.ok(option, 'the README has no such line');
  const env = { AEROSPIKE_HOSTS: hosts, OTEL_EXPORTER_PROMETHEUS_PORT: '0' };
  return way === 'NODE_OPTIONS'
    ? [[program], { cwd, env: { ...env, NODE_OPTIONS: option } }]
    : [[...option.replace('--require', way).split(' '), program], { cwd, env }];
}

function assertTypes(
  consumer: string,
  resolution: keyof typeof RESOLUTIONS,
  programs: readonly string[],
): void {
  const { extensions, options } = RESOLUTIONS[resolution];
  const files = programs.flatMap(program =>
    extensions.map(extension => {
      const file = join(consumer, `${program}${extension}`);
      cpSync(join(PROGRAMS, `${program}.ts`), file);
      return file;
    }),
  );
  assert.deepEqual(typeErrors(files, join(consumer, '..'), options), []);
}

/** The package of a file in node_modules. */
function packageOf(file: string): string {
  const [, name = file] = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file) ?? [];
  return name;
}
