import assert from 'node:assert/strict';
import { once } from 'node:events';
import { get, type IncomingHttpHeaders } from 'node:http';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { AerospikePrometheusExporter } from '../src/prometheus';
import { METRICS } from '../src/series/metrics';
import { decodeFamilies, nativeBuckets } from './support/prometheus-protobuf';

const ACCEPT = {
  text: 'text/plain;version=0.0.4',
  openmetrics: 'application/openmetrics-text;version=1.0.0',
  protobuf:
    'application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited',
} as const;

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

describe('a scrape that asks for a format', () => {
  let exporter: AerospikePrometheusExporter;
  let meterProvider: MeterProvider;
  let server: Server;

  beforeEach(async () => {
    exporter = new AerospikePrometheusExporter({ preventServerStart: true });
    const resource = resourceFromAttributes({ 'service.name': 'shop' });
    meterProvider = new MeterProvider({ readers: [exporter], resource });
    server = createServer((request, response) => {
      exporter.getMetricsRequestHandler(request, response);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterEach(async () => {
    server.close();
    server.closeAllConnections();
    await meterProvider.shutdown();
  });

  function record(seconds: number, set: string): void {
    const attributes = { 'db.operation.name': 'get', 'db.collection.name': set };
    exporter.metricProducer.series(METRICS.operationDuration, attributes).record(seconds);
  }

  async function scrape(headers: Record<string, string>, method = 'GET'): Promise<Answer> {
    const { port } = server.address() as AddressInfo;
    const request = get({ port, host: '127.0.0.1', method, headers });
    const [response] = (await once(request, 'response')) as [import('node:http').IncomingMessage];
    const { statusCode: status, headers: answered } = response;
    return { status, headers: answered, body: await buffer(response) };
  }

  it('gets OpenMetrics with its end, of this package and of the application', async () => {
    meterProvider.getMeter('application').createCounter('requests').add(2);
    record(0.0002, 'users');
    const { status, headers, body } = await scrape({ accept: ACCEPT.openmetrics });
    assert.deepEqual(
      [status, headers['content-type']],
      [200, 'application/openmetrics-text; version=1.0.0; charset=utf-8'],
    );
    const lines = body.toString().split('\n');
    assert.deepEqual(
      lines.filter(line => line.startsWith('#') && !line.startsWith('# HELP')),
      [
        '# TYPE target info',
        '# TYPE requests counter',
        '# TYPE db_client_operation_duration_seconds histogram',
        '# UNIT db_client_operation_duration_seconds seconds',
        '# EOF',
      ],
    );
    assert.deepEqual(lines.slice(-2), ['# EOF', '']);
    assert(lines.includes('target_info{service_name="shop"} 1'));
    assert(lines.includes('requests_total{otel_scope_name="application"} 2'));
  });

  it('gets the same samples in OpenMetrics as in text', async () => {
    for (const seconds of [0.0002, 0.002, 20]) record(seconds, 'users');
    const samples = async (accept: string): Promise<string[]> =>
      (await scrape({ accept })).body
        .toString()
        .split('\n')
        .filter(line => line.startsWith('db_'))
        .toSorted();
    const inText = await samples(ACCEPT.text);
    assert.equal(inText.length, 12);
    assert.deepEqual(await samples(ACCEPT.openmetrics), inText);
  });

  it('gets protobuf with native histograms, which hold what the buckets hold', async () => {
    for (const seconds of [0, 0.0002, 0.0002, 0.0003, 20]) record(seconds, 'users');
    const { headers, body } = await scrape({ accept: ACCEPT.protobuf });
    assert.equal(
      headers['content-type'],
      'application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited',
    );
    const families = decodeFamilies(body);
    assert.deepEqual(
      families.map(({ name, type, unit }) => [name, type, unit]),
      [
        ['target_info', 'GAUGE', undefined],
        ['db_client_operation_duration_seconds', 'HISTOGRAM', 'seconds'],
      ],
    );
    const histogram = families[1]?.metric[0]?.histogram;
    assert(histogram);
    assert.equal(histogram.sampleCount, 5);
    assert.equal(histogram.bucket.at(-1)?.cumulativeCount, 5);
    assert.equal(histogram.zeroCount, 1);
    const native = [...nativeBuckets(histogram).values()];
    assert.deepEqual(native, [2, 1, 1]);
  });

  for (const format of Object.keys(ACCEPT) as (keyof typeof ACCEPT)[]) {
    it(`gets ${format} compressed where it takes gzip`, async () => {
      for (let set = 0; set < 300; set++) record(0.0002, `set-${set}`);
      const accept = ACCEPT[format];
      const plain = await scrape({ accept });
      const { headers, body } = await scrape({ accept, 'accept-encoding': 'gzip' });
      assert.equal(plain.headers['content-encoding'], undefined);
      assert.equal(headers['content-encoding'], 'gzip');
      assert(body.length < plain.body.length / 5);
      assert(gunzipSync(body).equals(plain.body));
    });
  }

  it('gets the headers alone for HEAD', async () => {
    const { status, headers, body } = await scrape({ accept: ACCEPT.openmetrics }, 'HEAD');
    assert.deepEqual([status, body.length], [200, 0]);
    assert.match(headers['content-type'] ?? '', /^application\/openmetrics-text/);
  });

  it('is told in plain text when nothing can be collected', async () => {
    await meterProvider.shutdown();
    const { status, headers, body } = await scrape({
      accept: ACCEPT.protobuf,
      'accept-encoding': 'gzip',
    });
    assert.deepEqual(
      [status, headers['content-type'], headers['content-encoding']],
      [500, 'text/plain; charset=utf-8', undefined],
    );
    assert.match(body.toString(), /^# failed to export metrics/);
  });

  it('gets the options of OpenTelemetry’s exporter in each format', async () => {
    await meterProvider.shutdown();
    exporter = new AerospikePrometheusExporter({
      preventServerStart: true,
      prefix: 'app',
      withResourceConstantLabels: /^service/,
      withoutScopeInfo: true,
      withoutTargetInfo: true,
    });
    const resource = resourceFromAttributes({ 'service.name': 'shop' });
    meterProvider = new MeterProvider({ readers: [exporter], resource });
    record(1, 'users');
    const labels = 'db_operation_name="get",db_collection_name="users",service_name="shop"';
    for (const accept of [ACCEPT.text, ACCEPT.openmetrics]) {
      const text = (await scrape({ accept })).body.toString();
      assert.match(
        text,
        new RegExp(`^app_db_client_operation_duration_seconds_count{${labels}} 1$`, 'm'),
      );
      assert.doesNotMatch(text, /target/);
    }
    const [family, ...others] = decodeFamilies((await scrape({ accept: ACCEPT.protobuf })).body);
    assert.equal(others.length, 0);
    assert.equal(family?.name, 'app_db_client_operation_duration_seconds');
    assert.deepEqual(
      family.metric[0]?.label.map(({ name }) => name),
      ['db_operation_name', 'db_collection_name', 'service_name'],
    );
  });
});
