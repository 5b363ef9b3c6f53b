import assert from 'node:assert/strict';
import { AerospikeMemoryServer } from '../../src';
import { get, info, put, resultCodeOf } from '../support/requests';
import { WireClient } from '../support/wire-client';

const A_MINUTE_MS = 60_000;
/** How long the answer to put is. */
const ANSWER_LENGTH = 30;

describe('the connections of a server', () => {
  let server: AerospikeMemoryServer;
  const clients: WireClient[] = [];

  beforeEach(async () => {
    server = await AerospikeMemoryServer.create();
  });

  afterEach(async () => {
    for (const client of clients.splice(0)) client.close();
    await server.stop();
  });

  async function connect(): Promise<WireClient> {
    const client = await WireClient.connect(server.port);
    clients.push(client);
    return client;
  }

  /** Resolves when the server has read what was sent before, on whichever connection. */
  async function hasRead(): Promise<void> {
    await (await connect()).request(info('node\n'));
  }

  it('stay open when a command is stalled; what comes after it is not answered either', async () => {
    await server.inject({ stall: true, match: { command: 'read' } });
    const client = await connect();
    await client.send(Buffer.concat([put('k', 1), get('k'), put('k', 2)]));
    assert.equal(resultCodeOf(await client.receive()), 0);
    await client.send(put('k', 3));
    await hasRead();
    await server.reset();
    await assert.rejects(client.receive(), /The server closed the connection/);
    const value = (await (await connect()).request(get('k'))).subarray(-8).readBigInt64BE();
    assert.equal(value, 1n);
  });

  it('that are not stalled outlive a reset', async () => {
    await server.inject({ stall: true, times: 1 });
    const [stalled, other] = [await connect(), await connect()];
    await stalled.send(get('k'));
    await hasRead();
    assert.equal(resultCodeOf(await other.request(put('k', 1))), 0);
    await server.reset();
    await stalled.closed();
    assert.equal(resultCodeOf(await other.request(get('k'))), 0);
  });

  it('are let go when the client of a stalled command gives up', async () => {
    await server.stop();
    server = await AerospikeMemoryServer.create({ maxConnections: 1 });
    await server.inject({ stall: true, times: 1 });
    const first = await connect();
    await first.send(get('k'));
    first.close();
    // When the server hears of that is the machine's affair.
    for (;;) {
      const next = await connect();
      const answer = await next.request(get('k')).catch(() => undefined);
      if (answer && resultCodeOf(answer) === 2) return;
    }
  });

  it('are closed when a command is dropped, after the answers to those before it', async () => {
    await server.inject({ drop: true, match: { command: 'read' } });
    const client = await connect();
    await client.send(Buffer.concat([put('k', 1), get('k'), put('k', 2)]));
    assert.equal(resultCodeOf(await client.receive()), 0);
    await assert.rejects(client.receive(), /The server closed the connection/);
  });

  it('are closed after half an answer', async () => {
    await server.inject({ drop: 'half', times: 1 });
    const client = await connect();
    let received = 0;
    client.socket.on('data', (chunk: Buffer) => (received += chunk.length));
    await client.send(put('k', 1));
    await client.closed();
    assert.equal(received, ANSWER_LENGTH / 2);
    assert.equal(resultCodeOf(await (await connect()).request(get('k'))), 0);
  });

  it('are served while another one waits', async () => {
    await server.inject({ latencyMs: A_MINUTE_MS, times: 1 });
    const [slow, other] = [await connect(), await connect()];
    await slow.send(put('k', 1));
    await hasRead();
    assert.equal(resultCodeOf(await other.request(get('k'))), 2);
    await server.kill();
    await slow.closed();
  });

  it('are answered late, in order, and a command is done when it is answered', async () => {
    await server.inject({ latencyMs: 20, times: 2 });
    const [slow, other] = [await connect(), await connect()];
    await slow.send(Buffer.concat([put('k', 1), put('k', 2), get('k')]));
    await hasRead();
    assert.equal(resultCodeOf(await slow.receive()), 0);
    assert.equal(resultCodeOf(await slow.receive()), 0);
    assert.equal((await slow.receive()).subarray(-8).readBigInt64BE(), 2n);
    assert.equal(resultCodeOf(await other.request(get('k'))), 0);
  });

  it('are accepted, but not answered, while the server is paused', async () => {
    const before = await connect();
    await before.request(put('k', 1));
    await server.pause();
    await server.pause();
    const after = await connect();
    const answers = [before.request(put('k', 2)), after.request(info('node\n'))];
    const first = await Promise.race([...answers, server.advanceTime(0).then(() => 'nothing')]);
    assert.equal(first, 'nothing');
    await server.resume();
    await server.resume();
    await Promise.all(answers);
    assert.equal((await before.request(get('k'))).subarray(-8).readBigInt64BE(), 2n);
  });

  it('are answered late even when the server is paused meanwhile', async () => {
    const client = await connect();
    await server.inject({ latencyMs: 1, times: 1 });
    const answer = client.request(put('k', 1));
    await hasRead();
    await server.pause();
    await server.resume();
    assert.equal(resultCodeOf(await answer), 0);
  });

  it('are cut by a kill, as often as it is told; a restart takes the same port', async () => {
    const client = await connect();
    await client.request(put('k', 1));
    await server.pause();
    await Promise.all([server.kill(), server.kill()]);
    await client.closed();
    await assert.rejects(WireClient.connect(server.port), { code: 'ECONNREFUSED' });
    await Promise.all([server.restart(), server.restart()]);
    assert.equal(resultCodeOf(await (await connect()).request(get('k'))), 0);
  });

  it('learn of a restart by the generation of the partitions', async () => {
    const ask = async () => {
      const answer = await (await connect()).request(info('partition-generation\n'));
      return answer.toString('utf8', 8);
    };
    assert.equal(await ask(), 'partition-generation\t0\n');
    await server.restart();
    assert.equal(await ask(), 'partition-generation\t1\n');
  });
});
