import assert from 'node:assert/strict';
import type { Attributes } from '@opentelemetry/api';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { MeterObserver } from '../../src/series/meter-observer';
import { METRICS, type Metric } from '../../src/series/metrics';
import { ManualReader } from '../support/manual-reader';

const { connectionCount, connectionsOpened, nodeChanges } = METRICS;
const POOL: Attributes = { pool: 'a' };

describe('metrics that an SDK reads', () => {
  let reader: ManualReader;
  let second: ManualReader;
  let provider: MeterProvider;
  let observer: MeterObserver;
  let points: [Metric, number][];

  /** What a reader gets: the values by name. */
  async function collect(from = reader): Promise<Record<string, number>> {
    const { resourceMetrics, errors } = await from.collect();
    assert.deepEqual(errors, []);
    const metrics = resourceMetrics.scopeMetrics.flatMap(scope => scope.metrics);
    return Object.fromEntries(
      metrics.map(metric => [metric.descriptor.name, metric.dataPoints[0]?.value as number]),
    );
  }

  beforeEach(() => {
    points = [];
    reader = new ManualReader();
    second = new ManualReader();
    provider = new MeterProvider({ readers: [reader, second] });
    observer = new MeterObserver(
      provider.getMeter('test'),
      [connectionCount, connectionsOpened, nodeChanges],
      report => {
        for (const [metric, value] of points) report(metric, value, POOL);
      },
    );
  });

  afterEach(async () => {
    await provider.shutdown();
  });

  it('have the values that are reported at the collection', async () => {
    for (const value of [3, 5]) {
      points = [
        [connectionCount, 10 - value],
        [connectionsOpened, value],
        [nodeChanges, value],
      ];
      assert.deepEqual(await collect(), {
        'db.client.connection.count': 10 - value,
        'aerospike.client.connection.opened': value,
        'aerospike.client.node.changes': value,
      });
    }
  });

  it('fall to 0 where a gauge is not reported any more, for every reader', async () => {
    points = [[connectionCount, 7]];
    await collect();
    await collect(second);
    points = [];
    assert.deepEqual(await collect(), { 'db.client.connection.count': 0 });
    assert.deepEqual(await collect(second), { 'db.client.connection.count': 0 });
  });

  it('rise again where a gauge comes back', async () => {
    points = [[connectionCount, 7]];
    await collect();
    points = [];
    await collect();
    points = [[connectionCount, 2]];
    assert.equal((await collect())['db.client.connection.count'], 2);
  });

  it('stay as they were once nothing reads any more', async () => {
    points = [[connectionsOpened, 7]];
    await collect();
    observer.stop();
    points = [[connectionsOpened, 9]];
    assert.equal((await collect())['aerospike.client.connection.opened'], 7);
  });
});
