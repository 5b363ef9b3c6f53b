import assert from 'node:assert/strict';
import { freePort } from '@test/support';
import { AerospikeMemoryServer } from '../src';
import { apply, get, put, resultCodeOf } from './support/requests';
import { WireClient } from './support/wire-client';

/** Two ports, one after the other, that are free. */
async function consecutivePorts(): Promise<[number, number]> {
  for (;;) {
    const first = await freePort();
    try {
      const server = await AerospikeMemoryServer.create({ port: first + 1 });
      await server.stop();
      return [first, first + 1];
    } catch {
      // Somebody has the one after it.
    }
  }
}

describe('AerospikeMemoryServer', () => {
  it('listens on a free port and says which', async () => {
    const server = await AerospikeMemoryServer.create();
    assert.ok(server.port > 0);
    assert.equal(server.hosts, `127.0.0.1:${server.port}`);
    await server.stop();
  });

  it('frees its port and cuts its connections when it stops', async () => {
    const server = await AerospikeMemoryServer.create();
    const client = await WireClient.connect(server.port);
    await server.stop();
    await client.closed();
    const another = await AerospikeMemoryServer.create({ port: server.port });
    assert.equal(another.port, server.port);
    await another.stop();
  });

  it('stops once, however often it is told', async () => {
    const server = await AerospikeMemoryServer.create();
    await Promise.all([server.stop(), server.stop()]);
    await server.stop();
  });

  it('stops while a UDF does not return', async () => {
    const server = await AerospikeMemoryServer.create();
    await server.registerUdf('module', {
      forever() {
        for (;;);
      },
    });
    const client = await WireClient.connect(server.port);
    await client.send(apply('k', 'module', 'forever'));
    const neverDone = assert.rejects(server.reset(), /The server has stopped/);
    await server.stop();
    await client.closed();
    await neverDone;
  });

  it('stops at the end of an `await using` block', async () => {
    const server = await AerospikeMemoryServer.create();
    await server[Symbol.asyncDispose]();
    await assert.rejects(server.advanceTime(1), /The server has stopped/);
  });

  it('shares nothing with another one', async () => {
    const servers = [await AerospikeMemoryServer.create(), await AerospikeMemoryServer.create()];
    const clients = await Promise.all(servers.map(({ port }) => WireClient.connect(port)));
    const [one, two] = clients as [WireClient, WireClient];
    assert.equal(resultCodeOf(await one.request(put('k', 1))), 0);
    assert.equal(resultCodeOf(await two.request(get('k'))), 2);
    for (const client of clients) client.close();
    for (const server of servers) await server.stop();
  });

  it('says that a port is in use', async () => {
    const server = await AerospikeMemoryServer.create();
    await assert.rejects(AerospikeMemoryServer.create({ port: server.port }), {
      code: 'EADDRINUSE',
      message: `Cannot listen on ${server.hosts}: it is in use; choose another port, or 0 for any free one.`,
    });
    await server.stop();
  });

  it('of several nodes has a port for each, and all of them as hosts', async () => {
    const server = await AerospikeMemoryServer.create({ nodes: 3 });
    const ports = server.nodes.map(({ port }) => port);
    assert.equal(new Set(ports).size, 3);
    assert.equal(server.port, ports[0]);
    assert.equal(server.hosts, ports.map(port => `127.0.0.1:${port}`).join());
    await server.stop();
  });

  it('of several nodes has the ports after the one it was given, and says which of them is in use', async () => {
    const [first, second] = await consecutivePorts();
    const taken = await AerospikeMemoryServer.create({ port: second });
    await assert.rejects(AerospikeMemoryServer.create({ port: first, nodes: 2 }), {
      code: 'EADDRINUSE',
      message: new RegExp(`^Cannot listen on 127\\.0\\.0\\.1:${second}: it is in use`),
    });
    await taken.stop();
    const server = await AerospikeMemoryServer.create({ port: first, nodes: 2 });
    assert.deepEqual(
      server.nodes.map(({ port }) => port),
      [first, second],
    );
    await server.stop();
  });

  it('is one node unless it is told otherwise, and no more than eight', async () => {
    const server = await AerospikeMemoryServer.create();
    assert.deepEqual(
      server.nodes.map(({ name, hosts }) => ({ name, hosts })),
      [{ name: 'B1', hosts: server.hosts }],
    );
    for (let more = 1; more < 8; more++) await server.addNode();
    assert.equal(server.nodes.length, 8);
    await assert.rejects(server.addNode(), RangeError);
    await server.stop();
  });

  it('says that a fault is for a node that it does not have', async () => {
    const server = await AerospikeMemoryServer.create({ nodes: 2 });
    await assert.rejects(server.inject({ stall: true, match: { node: 'C1' } }), {
      name: 'TypeError',
      message: 'There is no node C1; there are A1, B1.',
    });
    await server.stop();
  });

  it('says that an address is not this machine’s', async () => {
    await assert.rejects(AerospikeMemoryServer.create({ host: '192.0.2.1' }), {
      code: 'EADDRNOTAVAIL',
      message: 'Cannot listen on 192.0.2.1:0: this machine has no such address.',
    });
  });

  it('says that an option is wrong', async () => {
    await assert.rejects(AerospikeMemoryServer.create({ port: -1 }), TypeError);
  });

  it('does not put the time back', async () => {
    const server = await AerospikeMemoryServer.create();
    await assert.rejects(server.advanceTime(-1), RangeError);
    await assert.rejects(server.advanceTime(NaN), RangeError);
    await server.stop();
  });

  it('puts it forward no further than records can expire', async () => {
    const server = await AerospikeMemoryServer.create();
    const client = await WireClient.connect(server.port);
    await assert.rejects(server.advanceTime(5e9), {
      name: 'RangeError',
      message:
        /^The time cannot be put forward by 5000000000 seconds: void times end in the year 2146/,
    });
    await server.advanceTime(100 * 365 * 24 * 3600);
    await assert.rejects(server.advanceTime(20 * 365 * 24 * 3600), RangeError);
    assert.equal(resultCodeOf(await client.request(put('k', 1))), 0);
    client.close();
    await server.stop();
  });
});
