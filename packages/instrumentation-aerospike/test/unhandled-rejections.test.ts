import assert from 'node:assert/strict';
import { programPath, runNode } from './support/program';
import { startServer, type TestServer } from './support/server';

const PROGRAM = programPath('unhandled-rejections.cjs');

describe('a rejection that the application does not handle', () => {
  let server: TestServer;

  before(async () => {
    server = await startServer();
  });

  after(() => server.stop());

  it('is reported once, with the promise that the application got, as without us', async () => {
    const bare = await runNode(PROGRAM, server.hosts);
    const instrumented = await runNode(
      '--require',
      programPath('telemetry.cjs'),
      PROGRAM,
      server.hosts,
    );
    assert.equal(bare.stdout.match(/^unhandledRejection .* true$/gm)?.length, 5, bare.stderr);
    const [measured, ...reports] = instrumented.stdout.trim().split('\n').reverse();
    assert.equal(`${reports.reverse().join('\n')}\n`, bare.stdout, instrumented.stderr);
    assert.match(measured ?? '', /^\[\["get",\d/);
    assert.equal(instrumented.code, bare.code);
  });
});
