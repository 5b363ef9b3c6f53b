import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { AerospikeMemoryServer } from '../../src';
import { get, put, resultCodeOf } from '../support/requests';
import { WireClient } from '../support/wire-client';

describe('a restart', () => {
  it('may forget the records', async () => {
    const server = await AerospikeMemoryServer.create();
    const before = await WireClient.connect(server.port);
    await before.request(put('k', 1));
    await server.restart({ keepRecords: false });
    const after = await WireClient.connect(server.port);
    assert.equal(resultCodeOf(await after.request(get('k'))), 2);
    after.close();
    await server.stop();
  });

  it('fails while another process has the port, and may be tried again', async () => {
    const server = await AerospikeMemoryServer.create();
    await server.kill();
    const other = createServer().listen(server.port, server.host);
    await once(other, 'listening');
    await assert.rejects(server.restart(), {
      code: 'EADDRINUSE',
      message: `Cannot listen on ${server.hosts}: it is in use; choose another port, or 0 for any free one.`,
    });
    other.close();
    await once(other, 'close');
    await server.restart();
    await server.stop();
  });

  it('is for servers that have not been stopped', async () => {
    const server = await AerospikeMemoryServer.create();
    const stopped = server.stop();
    for (const method of ['restart', 'kill', 'pause', 'resume', 'reset'] as const) {
      await assert.rejects(server[method](), { message: 'The server has stopped.' });
    }
    await stopped;
    await assert.rejects(server.inject({ stall: true }), { message: 'The server has stopped.' });
    await assert.rejects(server.restart(), { message: 'The server has stopped.' });
  });

  it('says which option is wrong', async () => {
    const server = await AerospikeMemoryServer.create();
    await assert.rejects(server.restart({ keepRecords: 1 } as never), {
      name: 'TypeError',
      message: 'keepRecords must be true or false, not 1',
    });
    await assert.rejects(server.inject({}), TypeError);
    await server.stop();
  });

  it('is not needed to stop a server that was killed', async () => {
    const server = await AerospikeMemoryServer.create();
    await server.kill();
    await server.stop();
  });
});
