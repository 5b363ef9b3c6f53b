import assert from 'node:assert/strict';
import * as Aerospike from 'aerospike';
import { Telemetry } from './support/telemetry';

/** These tests need no server: an operation of a client that is not connected is measured too. */
describe('the metric', () => {
  let telemetry: Telemetry;

  beforeEach(() => {
    telemetry = new Telemetry();
  });

  afterEach(() => telemetry.shutdown());

  async function measureOneOperation(config?: Aerospike.ConfigOptions): Promise<void> {
    const client = Aerospike.client(config);
    await assert.rejects(client.get(new Aerospike.Key('test', 'metric', 'k')));
  }

  it('has the name, unit, description and boundaries of the semantic conventions', async () => {
    await measureOneOperation();
    const metric = await telemetry.metric();
    assert.equal(metric?.descriptor.name, 'db.client.operation.duration');
    assert.equal(metric.descriptor.unit, 's');
    assert.equal(metric.descriptor.description, 'Duration of database client operations.');
    assert.deepEqual(
      metric.dataPoints[0]?.value.buckets.boundaries,
      [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10],
    );
  });

  it('comes from a meter with the name and version of the package', async () => {
    await measureOneOperation();
    const [scope] = await telemetry.scopes();
    assert.equal(scope?.scope.name, 'opentelemetry-instrumentation-aerospike');
    assert.equal(scope.scope.version, telemetry.instrumentation.instrumentationVersion);
  });

  it('names the first seed host of the client, and its port when it is not 3000', async () => {
    await measureOneOperation({ hosts: 'first.example:3000,second.example:4000' });
    await measureOneOperation({ hosts: [{ addr: 'third.example', port: 4000 }] });
    assert.deepEqual(
      (await telemetry.dataPoints()).map(({ attributes }) => [
        attributes['server.address'],
        attributes['server.port'],
      ]),
      [
        ['first.example', undefined],
        ['third.example', 4000],
      ],
    );
  });
});
