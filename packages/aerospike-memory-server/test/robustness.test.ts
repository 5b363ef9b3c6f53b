import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect as connectSocket } from 'node:net';
import { AerospikeMemoryServer } from '../src';
import {
  frame,
  get,
  info,
  integer,
  key,
  message,
  put,
  resultCodeOf,
  scanOf,
} from './support/requests';
import { WireClient } from './support/wire-client';

const MAX_FRAME_LENGTH = 64 * 1024;

describe('the server', () => {
  let server: AerospikeMemoryServer;
  const clients: WireClient[] = [];

  before(async () => {
    server = await AerospikeMemoryServer.create({ maxFrameLength: MAX_FRAME_LENGTH });
  });

  afterEach(async () => {
    for (const client of clients.splice(0)) client.close();
    await assertServes();
  });

  after(async () => {
    await server.stop();
  });

  async function connect(): Promise<WireClient> {
    const client = await WireClient.connect(server.port);
    clients.push(client);
    return client;
  }

  /** Whatever happened: the next client is served. */
  async function assertServes(): Promise<void> {
    const client = await WireClient.connect(server.port);
    assert.equal(resultCodeOf(await client.request(put('alive', 1))), 0);
    client.close();
  }

  const NOT_FRAMES: Readonly<Record<string, Buffer>> = {
    'another protocol': Buffer.from('GET / HTTP/1.1\r\n\r\n'),
    'a wrong version': Buffer.from([3, 3, 0, 0, 0, 0, 0, 0]),
    'an unknown type': Buffer.from([2, 9, 0, 0, 0, 0, 0, 0]),
    'type 0': Buffer.from([2, 0, 0, 0, 0, 0, 0, 0]),
    'a length beyond the limit': Buffer.from([2, 3, 0, 0, 0, 1, 0, 1]),
    'the greatest length': Buffer.from([2, 3, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]),
  };

  for (const [what, bytes] of Object.entries(NOT_FRAMES)) {
    it(`closes the connection that sends ${what}`, async () => {
      const client = await connect();
      await client.send(bytes);
      await client.closed();
    });
  }

  it('answers what came before the bytes that it does not understand', async () => {
    const client = await connect();
    await client.send(Buffer.concat([put('before', 1), Buffer.from('nonsense')]));
    assert.equal(resultCodeOf(await client.receive()), 0);
    await client.closed();
  });

  it('refuses a malformed message and serves the next one on the same connection', async () => {
    const client = await connect();
    const malformed = frame(3, Buffer.alloc(10));
    assert.equal(resultCodeOf(await client.request(malformed)), 4);
    assert.equal(resultCodeOf(await client.request(put('next', 1))), 0);
  });

  it('takes a request of the maximum length, and of any bytes', async () => {
    const client = await connect();
    const answer = await client.request(frame(3, Buffer.alloc(MAX_FRAME_LENGTH, 22)));
    assert.equal(resultCodeOf(answer), 4);
  });

  it('forgets a client that disconnects in the middle of a frame', async () => {
    for (const length of [1, 7, 8, 9, 40]) {
      const client = await connect();
      await client.send(put('half', 1).subarray(0, length));
      client.close();
    }
  });

  it('forgets a client that resets the connection without reading its answers', async () => {
    const client = await connect();
    await client.send(Buffer.concat(Array.from({ length: 100 }, () => get('alive'))));
    client.socket.resetAndDestroy();
  });

  it('answers a writer that sends byte by byte', async () => {
    const client = await connect();
    client.socket.setNoDelay(true);
    for (const byte of Buffer.concat([put('slow', 7), get('slow')])) {
      await client.send(Buffer.of(byte));
    }
    assert.equal(resultCodeOf(await client.receive()), 0);
    assert.deepEqual((await client.receive()).subarray(-8), integer(7));
  });

  it('answers pipelined requests in order, however they are cut', async () => {
    const requests = Buffer.concat(
      Array.from({ length: 500 }, (_, i) => [put(`p${i}`, i), get(`p${i}`)]).flat(),
    );
    for (const size of [requests.length, 1000, 77]) {
      const client = await connect();
      for (let start = 0; start < requests.length; start += size) {
        await client.send(requests.subarray(start, start + size));
      }
      for (let i = 0; i < 500; i++) {
        assert.equal(resultCodeOf(await client.receive()), 0);
        assert.deepEqual((await client.receive()).subarray(-8), integer(i));
      }
    }
  });

  it('stops reading from a client that does not read, and goes on when it does', async () => {
    const client = await connect();
    const value = Buffer.alloc(50_000, 'x');
    const big = message({ info2: 1, fields: key('big'), operations: [[2, 3, 's', value]] });
    await client.request(big);
    client.socket.pause();
    // 100 MB of answers: far more than the buffers between the two hold.
    const requests = 2000;
    const sent = client.send(Buffer.concat(Array.from({ length: requests }, () => get('big'))));
    await assertServes();
    client.socket.resume();
    await sent;
    for (let i = 0; i < requests; i++) {
      assert.equal((await client.receive()).length, 8 + 22 + 8 + 1 + value.length);
    }
  });

  it('answers others while a scan of many records goes on', async () => {
    const client = await connect();
    const records = 400;
    const operations = [[2, 3, 's', Buffer.alloc(50_000, 'x')]] as const;
    for (let i = 0; i < records; i++) {
      await client.request(message({ info2: 1, fields: key(`long-${i}`, 'long'), operations }));
    }
    const scanner = connectSocket(server.port, '127.0.0.1');
    let received = 0;
    const isComplete = new Promise<void>(resolve => {
      scanner.on('data', ({ length }) => {
        received += length;
        if (received > records * 50_000) resolve();
      });
    });
    scanner.write(scanOf('long'));
    await once(scanner, 'data');
    await client.request(get('alive'));
    // 20 MB are far more than the buffers between the two hold.
    assert.ok(received < records * 50_000);
    await isComplete;
    scanner.destroy();
  });

  it('serves 200 connections at once', async () => {
    const connected = await Promise.all(Array.from({ length: 200 }, connect));
    const answers = await Promise.all(
      connected.flatMap((client, i) => [client.request(put(`c${i}`, i))]),
    );
    assert.deepEqual(
      answers.map(resultCodeOf),
      connected.map(() => 0),
    );
    const values = await Promise.all(connected.map((client, i) => client.request(get(`c${i}`))));
    assert.deepEqual(
      values.map(value => value.subarray(-8)),
      connected.map((_, i) => integer(i)),
    );
  });

  it('answers a client that has finished sending', async () => {
    const client = await connect();
    client.socket.end(put('last', 1));
    assert.equal(resultCodeOf(await client.receive()), 0);
    await client.closed();
  });
});

describe('a silent connection', () => {
  it('is closed after the idle timeout', async () => {
    const server = await AerospikeMemoryServer.create({ idleTimeoutMs: 1 });
    const client = await WireClient.connect(server.port);
    await client.closed();
    await server.stop();
  });
});

describe('a connection beyond the maximum', () => {
  const MAX_CONNECTIONS = 20;
  let server: AerospikeMemoryServer;

  before(async () => {
    server = await AerospikeMemoryServer.create({ maxConnections: MAX_CONNECTIONS });
  });

  after(async () => {
    await server.stop();
  });

  /** Whether a new connection is served; if not, it is closed. */
  async function isServed(): Promise<boolean> {
    const client = await WireClient.connect(server.port);
    const answer = await client.request(info('node\n')).catch(() => undefined);
    client.close();
    return answer !== undefined;
  }

  it('is closed at once, and served when there is room again', async () => {
    const connected = await Promise.all(
      Array.from({ length: MAX_CONNECTIONS }, () => WireClient.connect(server.port)),
    );
    // Now the server has accepted all of them.
    await Promise.all(connected.map(client => client.request(info('node\n'))));
    assert.equal(await isServed(), false);
    for (const client of connected) client.close();
    // When the server hears of that is the machine's affair.
    while (!(await isServed()));
  });
});
