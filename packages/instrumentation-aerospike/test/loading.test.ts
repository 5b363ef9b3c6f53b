import assert from 'node:assert/strict';
import { lazy } from '../src/lazy';
import { programPath, runNode, startNode } from './support/program';

const TELEMETRY = programPath('telemetry.cjs');

describe('an application in a process of its own', () => {
  const applications: [title: string, args: string[]][] = [
    ['CommonJS, with --require', ['--require', TELEMETRY, programPath('operation.cjs')]],
    ['CommonJS, with --import', ['--import', TELEMETRY, programPath('operation.cjs')]],
    ['ESM, with --require', ['--require', TELEMETRY, programPath('operation.mjs')]],
    ['ESM, with --import', ['--import', TELEMETRY, programPath('operation.mjs')]],
    [
      'ESM, with the OpenTelemetry loader hook',
      [
        '--experimental-loader=@opentelemetry/instrumentation/hook.mjs',
        '--import',
        TELEMETRY,
        programPath('operation.mjs'),
      ],
    ],
    [
      'import() from CommonJS, with --require',
      ['--require', TELEMETRY, programPath('dynamic-import.cjs')],
    ],
    ['ESM that sets up telemetry after loading aerospike', [programPath('late-telemetry.mjs')]],
  ];

  for (const [title, args] of applications) {
    it(`is measured once: ${title}`, async () => {
      const { code, stdout, stderr } = await runNode(...args);
      assert.deepEqual([code, stdout], [0, '[["get",1,"Connection"]]\n'], stderr);
    });
  }
});

describe('what is seldom needed', () => {
  const TEXT = 'text/plain';
  const OPENMETRICS = 'application/openmetrics-text;version=1.0.0';

  /** The files of this package that /register loads with the client, and those that each scrape adds. */
  async function loadedFiles(...accepted: string[]): Promise<string[][]> {
    const register = ['--require', 'opentelemetry-instrumentation-aerospike/register'];
    const { code, stdout, stderr } = await startNode(
      [...register, programPath('loaded-files.cjs'), ...accepted],
      { OTEL_EXPORTER_PROMETHEUS_PORT: '0' },
    ).result();
    assert.equal(code, 0, stderr);
    return JSON.parse(stdout) as string[][];
  }

  it('is not loaded with the client: formats, compression, and what a cluster has', async () => {
    const [atStart = []] = await loadedFiles();
    assert(atStart.includes('register/own-sdk.js'));
    const lazily = atStart.filter(file =>
      /^exposition\/|compression|processes\/(primary|worker|messages|process-end)/.test(file),
    );
    assert.deepEqual(lazily, []);
  });

  it('is loaded by the first scrape that asks for it', async () => {
    const [, text = [], openMetrics = [], again] = await loadedFiles(
      TEXT,
      OPENMETRICS,
      OPENMETRICS,
    );
    assert(text.includes('exposition/text.js'));
    assert(!text.includes('exposition/openmetrics.js'));
    assert(openMetrics.includes('exposition/openmetrics.js'));
    assert.deepEqual(again, []);
  });

  it('is looked for again where it could not be loaded', () => {
    const results = [
      () => {
        throw new Error('it is being replaced');
      },
      () => 'part',
    ];
    let loads = 0;
    const part = lazy(() => results[loads++]?.());
    assert.throws(part, /it is being replaced/);
    assert.deepEqual([part(), part(), loads], ['part', 'part', 2]);
  });
});
