import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { MeterProvider, type ViewOptions } from '@opentelemetry/sdk-metrics';
import * as Aerospike from 'aerospike';
import { AerospikeInstrumentation } from '../src';
import { durationView } from '../src/prometheus';

describe('durationView', () => {
  const instrumentation = new AerospikeInstrumentation({ enabled: false });
  let meterProvider: MeterProvider;
  let server: Server;
  let url: string;

  afterEach(async () => {
    instrumentation.disable();
    await meterProvider.shutdown();
    await new Promise(resolve => server.close(resolve));
  });

  /** Serves what the exporter makes of one failed operation and one record of an instrument of the application. */
  async function scrape(view: ViewOptions): Promise<string[]> {
    const exporter = new PrometheusExporter({ preventServerStart: true });
    meterProvider = new MeterProvider({ readers: [exporter], views: [view] });
    server = createServer((request, response) => {
      exporter.getMetricsRequestHandler(request, response);
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`;

    instrumentation.setMeterProvider(meterProvider);
    instrumentation.enable();
    meterProvider.getMeter('application').createHistogram('db.client.operation.duration').record(3);
    const client = Aerospike.client({ hosts: 'aero.example:3000' });
    await assert.rejects(client.get(new Aerospike.Key('test', 'users', 'k')));
    return (await (await fetch(url)).text()).split('\n');
  }

  it('serves db_client_operation_duration_seconds with the labels of the contract', async () => {
    const lines = await scrape(durationView());
    assert.ok(lines.includes('# TYPE db_client_operation_duration_seconds histogram'));
    assert.ok(
      lines.includes(
        '# HELP db_client_operation_duration_seconds Duration of database client operations.',
      ),
    );
    const labels = [
      'db_system_name="aerospike"',
      'db_namespace="test"',
      'db_collection_name="users"',
      'db_operation_name="get"',
      'server_address="aero.example"',
      'error_type="Connection"',
      'db_response_status_code="-1"',
    ].join();
    const samples = lines.filter(line => line.includes(labels));
    assert.deepEqual(
      samples.map(line => /le="([^"]+)"/.exec(line)?.[1]).filter(le => le !== undefined),
      ['0.001', '0.005', '0.01', '0.05', '0.1', '0.5', '1', '5', '10', '+Inf'],
    );
    const count = samples.find(line =>
      line.startsWith('db_client_operation_duration_seconds_count'),
    );
    assert.match(count ?? '', / 1$/);
  });

  it('leaves an instrument of the same name from another meter alone', async () => {
    const lines = await scrape(durationView());
    const other = lines.filter(line => line.includes('otel_scope_name="application"'));
    assert.ok(other.length > 0);
    for (const line of other) assert.match(line, /^db_client_operation_duration_(?!seconds)/);
  });

  it('takes other boundaries, another name and a choice of attributes', async () => {
    const lines = await scrape(
      durationView({
        boundaries: [0.0001, 0.5],
        name: 'aerospike_seconds',
        attributeKeys: ['db.operation.name'],
      }),
    );
    const buckets = lines.filter(line => line.startsWith('aerospike_seconds_bucket'));
    assert.deepEqual(
      buckets.map(line => /le="([^"]+)"/.exec(line)?.[1]),
      ['0.0001', '0.5', '+Inf'],
    );
    for (const line of buckets) {
      assert.match(line, /db_operation_name="get"/);
      assert.doesNotMatch(line, /db_namespace/);
    }
  });
});

describe('the options of durationView', () => {
  const wrong: [options: unknown, message: RegExp][] = [
    [null, /^options must be an object, not null$/],
    [{ boundaries: [-1, 0] }, /^boundaries must be .*, none below 0 .*, not \[ -1, 0 \]$/],
    [{ boundaries: 'x' }, /^boundaries must be a list of finite numbers of seconds.*, not 'x'$/],
    [{ boundaries: [1, 1] }, /^boundaries must be .*, not \[ 1, 1 \]$/],
    [{ boundaries: [2, 1] }, /^boundaries must be /],
    [{ boundaries: [NaN] }, /^boundaries must be /],
    [{ boundaries: [1, Infinity] }, /^boundaries must be /],
    [{ name: '' }, /^name must be the name of a metric, not ''$/],
    [{ name: 5 }, /^name must be the name of a metric, not 5$/],
    [{ attributeKeys: 'db.namespace' }, /^attributeKeys must be a list of attribute names/],
    [{ attributeKeys: [1] }, /^attributeKeys must be a list of attribute names, not \[ 1 \]$/],
  ];

  for (const [options, message] of wrong) {
    it(`are refused with a reason: ${JSON.stringify(options)}`, () => {
      assert.throws(() => durationView(options as object), { name: 'TypeError', message });
    });
  }
});
