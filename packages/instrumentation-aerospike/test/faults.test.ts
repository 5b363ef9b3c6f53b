import assert from 'node:assert/strict';
import { once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import * as Aerospike from 'aerospike';
import { AerospikeMemoryServer } from 'aerospike-memory-server';
import { connect } from './support/server';
import { Telemetry } from './support/telemetry';

const SET = 'faults';

/** These tests always use a server of their own, whatever AEROSPIKE_HOSTS says: no other lets faults be injected. */
describe('with an embedded server that fails', () => {
  const key = new Aerospike.Key('test', SET, 'k');
  let server: AerospikeMemoryServer;
  let client: Aerospike.Client;
  let telemetry: Telemetry;

  before(async () => {
    server = await AerospikeMemoryServer.create();
    client = await connect(server);
    await client.put(key, { n: 1 });
  });
  after(async () => {
    client.close();
    await server.stop();
  });

  beforeEach(() => {
    telemetry = new Telemetry();
  });
  afterEach(async () => {
    await server.reset();
    await telemetry.shutdown();
  });

  /** Operation, error type and count of each data point. */
  async function measured(): Promise<unknown[]> {
    return (await telemetry.counts()).map(([attributes, count]) => [
      attributes['db.operation.name'],
      attributes['error.type'],
      count,
    ]);
  }

  async function sum(): Promise<number> {
    const [point] = await telemetry.dataPoints();
    return point?.value.sum ?? NaN;
  }

  it('a command that is not answered is a Timeout, and lasts as long', async () => {
    await server.inject({ match: { command: 'read' }, stall: true });
    const policy = new Aerospike.ReadPolicy({ totalTimeout: 100, maxRetries: 0 });
    // The client counts from when the event loop last looked at the clock, which on a busy machine can be long ago.
    await setImmediate();
    await assert.rejects(client.get(key, policy), { code: 9 });
    assert.deepEqual(await measured(), [['get', 'Timeout', 1]]);
    assert.ok((await sum()) >= 0.09, `${await sum()} s`);
  });

  it('a slow answer lasts as long as the caller waits', async () => {
    await server.inject({ latencyMs: 100 });
    await client.get(key);
    assert.deepEqual(await measured(), [['get', undefined, 1]]);
    assert.ok((await sum()) >= 0.09, `${await sum()} s`);
  });

  it('a result code is named', async () => {
    await server.inject({ resultCode: 14, times: 1 });
    await assert.rejects(client.put(key, { n: 2 }), { code: 14 });
    assert.deepEqual(await measured(), [['put', 'KeyBusy', 1]]);
  });

  it('retries are part of the one operation', async () => {
    await server.inject({ match: { command: 'read' }, times: 1, drop: true });
    const policy = new Aerospike.ReadPolicy({ maxRetries: 2, sleepBetweenRetries: 1 } as object);
    await client.get(key, policy);
    assert.deepEqual(await measured(), [['get', undefined, 1]]);
  });

  it('a connection that is cut is a Connection error', async () => {
    await server.inject({ match: { command: 'write' }, drop: true });
    await assert.rejects(client.put(key, { n: 2 }));
    const [[operation, errorType] = []] = (await measured()) as string[][];
    assert.deepEqual([operation, errorType], ['put', 'Connection']);
  });

  it('a stream that is aborted while nothing comes is measured at its abort, and not again', async () => {
    await server.inject({ match: { command: 'query' }, stall: true });
    const policy = new Aerospike.ScanPolicy({ totalTimeout: 200, maxRetries: 0 });
    const stream = client.scan('test', SET).foreach(policy);
    const end = once(stream, 'end');
    const error = once(stream, 'error').catch((reason: unknown) => reason);
    stream.abort();
    await end;
    assert.deepEqual(await measured(), [['scan', undefined, 1]]);
    await error;
    assert.deepEqual(await measured(), [['scan', undefined, 1]]);
  });

  it('every one of many operations in flight is counted when the server dies', async () => {
    const other = await AerospikeMemoryServer.create();
    const doomed = await connect(other);
    await other.pause();
    const operations = Array.from({ length: 80 }, () => doomed.put(key, { n: 1 }));
    const settled = Promise.allSettled(operations);
    await other.kill();
    const outcomes = await settled;
    assert.equal(outcomes.filter(({ status }) => status === 'rejected').length, 80);
    const counts = (await telemetry.counts()).map(([, count]) => count);
    assert.equal(
      counts.reduce((total, count) => total + count, 0),
      80,
    );
    doomed.close();
    await other.stop();
  });
});
