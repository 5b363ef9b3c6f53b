import assert from 'node:assert/strict';
import type { Attributes } from '@opentelemetry/api';
import { AggregationTemporality } from '@opentelemetry/sdk-metrics';
import * as Aerospike from 'aerospike';
import { AerospikeInstrumentation } from '../../src';
import { AerospikeMetricProducer } from '../../src/sdk';
import type { MetricSource } from '../../src/series/metric-source';
import { connect, startServer, type TestServer } from '../support/server';
import { Telemetry } from '../support/telemetry';

const KEY = new Aerospike.Key('test', 'client-state', 1);

/** A point: the metric's name, its attributes without those of the server, and its value. */
type Points = Record<string, number>;

function nameOf(metric: string, attributes: Attributes): string {
  const own = Object.entries(attributes).filter(([name]) => !/^(server|db\.system)\./.test(name));
  return [metric, ...own.map(([, value]) => String(value))].join(' ');
}

async function pointsOf(telemetry: Telemetry): Promise<Points> {
  const points: Points = {};
  for (const { metrics } of await telemetry.scopes()) {
    for (const { descriptor, dataPoints } of metrics) {
      for (const { attributes, value } of dataPoints) {
        if (typeof value === 'number') points[nameOf(descriptor.name, attributes)] = value;
      }
    }
  }
  return points;
}

function numbersOf(source: MetricSource): Points {
  const points: Points = {};
  for (const [{ name }, all] of source.numbers()) {
    for (const { attributes, value } of all) points[nameOf(name, attributes)] = value;
  }
  return points;
}

describe('the state of real clients', () => {
  let server: TestServer;
  let telemetry: Telemetry;
  const clients: Aerospike.Client[] = [];

  async function connected(): Promise<Aerospike.Client> {
    const client = await connect(server);
    clients.push(client);
    return client;
  }

  before(async () => {
    server = await startServer();
  });

  beforeEach(() => {
    telemetry = new Telemetry();
  });

  afterEach(async () => {
    for (const client of clients.splice(0)) client.close();
    await telemetry.shutdown();
  });

  after(() => server.stop());

  it('is there as soon as a client is connected', async () => {
    const client = await connected();
    const [{ address } = assert.fail()] = client.getNodes();
    const points = await pointsOf(telemetry);
    assert.equal(points[`db.client.connection.max ${address}`], 100 * client.getNodes().length);
    assert.equal(points['aerospike.client.node.count'], client.getNodes().length);
    assert.equal(points['aerospike.client.command.count in_flight'], 0);
  });

  it('has the address of the server that the client is configured with', async () => {
    await connected();
    const all = (await telemetry.scopes()).flatMap(({ metrics }) => metrics);
    const nodes = all.find(({ descriptor }) => descriptor.name === 'aerospike.client.node.count');
    const [address, port] = server.hosts.split(':');
    assert.deepEqual(nodes?.dataPoints[0]?.attributes, {
      'db.system.name': 'aerospike',
      'server.address': address,
      ...(port !== '3000' && { 'server.port': Number(port) }),
    });
  });

  it('tells of connections in use, of commands in flight, and of connections that wait', async () => {
    const client = await connected();
    // After some errors in a row, of whatever client, the native client leaves a command for later.
    await client.exists(KEY);
    await new Promise(setImmediate);
    const calls = Array.from({ length: 5 }, () => client.exists(KEY));
    const during = await pointsOf(telemetry);
    const used = Object.entries(during).filter(([name]) => name.endsWith(' used'));
    assert.equal(
      used.reduce((sum, [, value]) => sum + value, 0),
      5,
    );
    await Promise.all(calls);
    await client.exists(KEY);
    const idle = Object.entries(await pointsOf(telemetry)).filter(([name]) =>
      name.endsWith('idle'),
    );
    assert.ok(idle.reduce((sum, [, value]) => sum + value, 0) >= 1);
  });

  it('counts a command as long as its completion goes on', async () => {
    const client = await connected();
    await client.exists(KEY);
    const within = await pointsOf(telemetry);
    await new Promise(setImmediate);
    await new Promise(setImmediate);
    const afterwards = await pointsOf(telemetry);
    assert.deepEqual(
      [within, afterwards].map(points => points['aerospike.client.command.count in_flight']),
      [1, 0],
    );
  });

  it('finds a client that was connected before, with its first operation', async () => {
    telemetry.instrumentation.disable();
    const client = await connected();
    telemetry.instrumentation.enable();
    assert.equal((await pointsOf(telemetry))['aerospike.client.node.count'], undefined);
    await client.exists(KEY);
    assert.equal((await pointsOf(telemetry))['aerospike.client.node.count'], 1);
  });

  it('leaves the gauges with close(), and stays in the counters', async () => {
    const client = await connected();
    await client.exists(KEY);
    const [{ address } = assert.fail()] = client.getNodes();
    const opened = `aerospike.client.connection.opened ${address}`;
    const before = await pointsOf(telemetry);
    const last = client.stats().nodes[0];
    clients.splice(0);
    client.close();
    const after = await pointsOf(telemetry);
    assert.ok((before[opened] ?? 0) > 0);
    assert.equal(
      after[opened],
      (last?.asyncConnections.opened ?? 0) + (last?.syncConnections.opened ?? 0),
    );
    // The SDK keeps each point that there was once.
    assert.equal(after['aerospike.client.node.count'], 0);
    assert.equal(after[`db.client.connection.max ${address}`], 0);
  });

  it('counts a client once that is closed before anybody collects', async () => {
    const client = await connected();
    await client.exists(KEY);
    const [{ address } = assert.fail()] = client.getNodes();
    clients.splice(0);
    client.close();
    const points = await pointsOf(telemetry);
    assert.ok((points[`aerospike.client.connection.opened ${address}`] ?? 0) > 0);
    assert.equal(points['aerospike.client.node.count'], undefined);
  });

  it('is nothing of a client that was never connected, or could not be', async () => {
    const never = new Aerospike.Client({ hosts: server.hosts });
    const failed = new Aerospike.Client({ hosts: '127.0.0.1:1', log: { level: -1 } });
    await assert.rejects(failed.connect());
    await assert.rejects(never.exists(KEY));
    never.close();
    assert.deepEqual(await pointsOf(telemetry), {});
  });

  it('leaves connect() and close() as they are', async () => {
    const client = new Aerospike.Client({ hosts: server.hosts });
    clients.push(client);
    assert.equal(await client.connect(), client);
    const close: () => unknown = client.close.bind(client);
    assert.equal(close(), undefined);
    assert.equal(close(), undefined);
    const refused = new Aerospike.Client({ hosts: '127.0.0.1:1', log: { level: -1 } });
    await assert.rejects(refused.connect(), { name: 'AerospikeError', code: -10 });
  });

  it('does not count as operations what connects and closes', async () => {
    const client = await connected();
    clients.splice(0);
    client.close();
    assert.deepEqual(await telemetry.counts(), []);
  });

  it('is there once, where two instrumentations record into one MeterProvider', async () => {
    const second = new AerospikeInstrumentation({ enabled: false });
    second.setMeterProvider(telemetry.provider);
    second.enable();
    await connected();
    assert.equal((await pointsOf(telemetry))['aerospike.client.node.count'], 1);
    telemetry.instrumentation.disable();
    assert.equal((await pointsOf(telemetry))['aerospike.client.node.count'], 1);
    second.disable();
  });

  it('is left out with clientMetrics: false, until that is changed', async () => {
    telemetry.instrumentation.setConfig({ clientMetrics: false });
    const client = await connected();
    await client.exists(KEY);
    assert.deepEqual(await pointsOf(telemetry), {});
    assert.equal(client.listenerCount('event'), 0);
    telemetry.instrumentation.setConfig({ clientMetrics: true });
    await client.exists(KEY);
    assert.equal((await pointsOf(telemetry))['aerospike.client.node.count'], 1);
  });

  it('has no listener on clients any more once the instrumentation is disabled', async () => {
    const client = await connected();
    assert.equal(client.listenerCount('event'), 1);
    telemetry.instrumentation.disable();
    assert.equal(client.listenerCount('event'), 0);
    telemetry.instrumentation.enable();
    assert.equal(client.listenerCount('event'), 1);
  });

  describe('in a metric producer', () => {
    let instrumentation: AerospikeInstrumentation;

    function recordInto(producer: AerospikeMetricProducer): void {
      instrumentation = new AerospikeInstrumentation({ metricProducer: producer });
    }

    afterEach(() => {
      instrumentation.disable();
    });

    it('is what an SDK has', async () => {
      const producer = new AerospikeMetricProducer();
      recordInto(producer);
      const client = await connected();
      await client.exists(KEY);
      await new Promise(setImmediate);
      assert.deepEqual(numbersOf(producer.storage), await pointsOf(telemetry));
    });

    it('is counted from the collection before with delta temporality, apart from gauges', async () => {
      const producer = new AerospikeMetricProducer({ temporality: AggregationTemporality.DELTA });
      recordInto(producer);
      const client = await connected();
      await client.exists(KEY);
      const collect = async () => {
        const { resourceMetrics } = await producer.collect();
        return new Map(
          resourceMetrics.scopeMetrics.flatMap(({ metrics }) =>
            metrics.map(({ descriptor, aggregationTemporality, dataPoints: [point] }) => [
              descriptor.name,
              { temporality: aggregationTemporality, value: point?.value },
            ]),
          ),
        );
      };
      const [first, second] = [await collect(), await collect()];
      const opened = 'aerospike.client.connection.opened';
      assert.ok((first.get(opened)?.value as number) > 0);
      assert.deepEqual(second.get(opened), { temporality: AggregationTemporality.DELTA, value: 0 });
      assert.deepEqual(second.get('aerospike.client.node.count'), {
        temporality: AggregationTemporality.CUMULATIVE,
        value: 1,
      });
    });

    it('has left the gauges with close()', async () => {
      const producer = new AerospikeMetricProducer();
      recordInto(producer);
      const client = await connected();
      clients.splice(0);
      client.close();
      const names = Object.keys(numbersOf(producer.storage));
      assert.ok(names.length > 0);
      assert.deepEqual(
        names.filter(name => /\.(count|max) ?/.test(name)),
        [],
      );
    });
  });
});
