import assert from 'node:assert/strict';
import { programPath, runNode } from './support/program';

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
      assert.deepEqual([code, stdout], [0, '[["get",1]]\n'], stderr);
    });
  }
});
