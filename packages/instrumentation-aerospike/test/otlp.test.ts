import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Program } from '@test/support';
import { decodeOtlpMetrics } from './support/otlp-protobuf';
import { programPath, startNode } from './support/program';

const REGISTER = 'opentelemetry-instrumentation-aerospike/register';

/** The part of an ExportProcessMetricsRequest in OTLP's JSON encoding that is looked at here. */
interface ExportRequest {
  readonly resourceMetrics: readonly {
    readonly resource: {
      readonly attributes: readonly { key: string; value: { stringValue?: string } }[];
    };
    readonly scopeMetrics: readonly {
      readonly scope: { readonly name: string };
      readonly metrics: readonly {
        readonly name: string;
        readonly unit: string;
        readonly histogram: {
          readonly aggregationTemporality: number;
          readonly dataPoints: readonly {
            readonly count: number | string;
            readonly explicitBounds: readonly number[];
            readonly attributes: readonly { key: string; value: { stringValue?: string } }[];
          }[];
        };
      }[];
    }[];
  }[];
}

const CUMULATIVE = 2;
const DELTA = 1;

describe('/register with OTEL_METRICS_EXPORTER=otlp', () => {
  let receiver: Server;
  let requests: { path: string; body: Buffer }[];
  let endpoint: string;

  beforeEach(async () => {
    requests = [];
    receiver = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        requests.push({ path: request.url ?? '', body: Buffer.concat(chunks) });
        receiver.emit('received');
        response.writeHead(200, { 'content-type': request.headers['content-type'] }).end();
      });
    }).listen(0, '127.0.0.1');
    await once(receiver, 'listening');
    endpoint = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    await Program.killAll();
    receiver.close();
  });

  async function run(env: NodeJS.ProcessEnv): Promise<void> {
    const program = startNode(['--require', REGISTER, programPath('service.cjs')], {
      OTEL_METRICS_EXPORTER: 'otlp',
      OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
      ...env,
    });
    await program.printed(/ready/);
    program.endInput();
    const { code, stderr } = await program.result();
    assert.deepEqual([code, stderr], [0, '']);
  }

  /** The counts of all exports, one after the other. */
  function counts(): number[] {
    return requests
      .flatMap(({ body }) => (JSON.parse(body.toString()) as ExportRequest).resourceMetrics)
      .flatMap(({ scopeMetrics }) => scopeMetrics)
      .flatMap(({ metrics }) => metrics)
      .flatMap(({ histogram }) => histogram.dataPoints)
      .map(({ count }) => Number(count))
      .filter(count => count > 0);
  }

  for (const [preference, temporality] of [
    ['cumulative', CUMULATIVE],
    ['delta', DELTA],
  ] as const) {
    it(`exports the metric under OpenTelemetry's name, ${preference}`, async () => {
      await run({
        OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
        OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE: preference,
      });
      const [request, ...others] = requests;
      assert.deepEqual(others, []);
      assert.equal(request?.path, '/v1/metrics');
      const { resourceMetrics } = JSON.parse(request.body.toString()) as ExportRequest;
      const [scopeMetrics] = resourceMetrics[0]?.scopeMetrics ?? [];
      assert.equal(scopeMetrics?.scope.name, 'opentelemetry-instrumentation-aerospike');
      const [metric] = scopeMetrics.metrics;
      assert.equal(metric?.name, 'db.client.operation.duration');
      assert.equal(metric.unit, 's');
      assert.equal(metric.histogram.aggregationTemporality, temporality);
      const [point] = metric.histogram.dataPoints;
      assert.equal(Number(point?.count), 1);
      assert.deepEqual(point?.explicitBounds, [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10]);
      assert.deepEqual(
        Object.fromEntries(point.attributes.map(({ key, value }) => [key, value.stringValue])),
        {
          'db.system.name': 'aerospike',
          'db.namespace': 'test',
          'db.collection.name': 'users',
          'db.operation.name': 'get',
          'server.address': 'aero.example',
          'error.type': 'Connection',
          'db.response.status_code': '-1',
        },
      );
    });
  }

  for (const [preference, expected] of [
    ['cumulative', [1, 2]],
    ['delta', [1, 1]],
  ] as const) {
    it(`exports again and again, ${preference}`, async () => {
      const program = startNode(['--require', REGISTER, programPath('asked-service.cjs')], {
        OTEL_METRICS_EXPORTER: 'otlp',
        OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
        OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
        OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE: preference,
        OTEL_METRIC_EXPORT_INTERVAL: '50',
      });
      program.input('an operation');
      while (counts().length === 0) await once(receiver, 'received');
      program.input('another one');
      program.endInput();
      await program.result();
      // What is cumulative is there again in each export.
      const different = preference === 'delta' ? counts() : [...new Set(counts())];
      assert.deepEqual(different, expected);
    });
  }

  /** The instances of the service that have exported. */
  function instances(): (string | undefined)[] {
    return requests
      .flatMap(({ body }) => (JSON.parse(body.toString()) as ExportRequest).resourceMetrics)
      .flatMap(({ resource }) => resource.attributes)
      .filter(({ key }) => key === 'service.instance.id')
      .map(({ value }) => value.stringValue);
  }

  it('makes each process an instance of its own, with a random UUID of version 4', async () => {
    await run({ OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json' });
    await run({ OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json' });
    const [first = '', second = '', ...others] = instances();
    assert.deepEqual(others, []);
    for (const id of [first, second]) {
      assert.match(id, /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    }
    assert.notEqual(first, second);
  });

  it('keeps the instance that is set', async () => {
    await run({
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      OTEL_RESOURCE_ATTRIBUTES: 'service.instance.id=pod-1',
    });
    assert.deepEqual(instances(), ['pod-1']);
  });

  it('speaks protobuf by default', async () => {
    await run({});
    const [request] = requests;
    assert.equal(request?.path, '/v1/metrics');
    assert.ok(request.body.includes('db.client.operation.duration'));
    assert.throws(() => JSON.parse(request.body.toString()) as unknown);
  });

  for (const temporality of ['CUMULATIVE', 'DELTA'] as const) {
    it(`exports exponential histograms where they are asked for, ${temporality}`, async () => {
      await run({
        OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION:
          'base2_exponential_bucket_histogram',
        OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE: temporality,
      });
      const [metric] = requests.flatMap(({ body }) => decodeOtlpMetrics(body));
      assert.equal(metric?.name, 'db.client.operation.duration');
      assert.equal(metric.histogram, undefined);
      assert.equal(metric.exponentialHistogram?.aggregationTemporality, temporality);
      const [point] = metric.exponentialHistogram.dataPoints;
      assert(point);
      const { count, sum, min, max, scale, zeroCount, positive } = point;
      assert.deepEqual([count, zeroCount, scale], [1, 0, 3]);
      assert.deepEqual([min, max], [sum, sum]);
      assert.deepEqual(positive, {
        offset: Math.ceil(Math.log2(sum) * 8) - 1,
        bucketCounts: [1],
      });
    });
  }

  it('exports at the interval of OTEL_METRIC_EXPORT_INTERVAL', async () => {
    const program = startNode(['--require', REGISTER, programPath('service.cjs')], {
      OTEL_METRICS_EXPORTER: 'otlp',
      OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
      OTEL_METRIC_EXPORT_INTERVAL: '100',
    });
    await once(receiver, 'received');
    await once(receiver, 'received');
    program.signal('SIGKILL');
    await program.result();
  });

  it('says once that nobody takes what it exports', async () => {
    const program = startNode(['--require', REGISTER, programPath('service.cjs')], {
      OTEL_METRICS_EXPORTER: 'otlp',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1',
      OTEL_EXPORTER_OTLP_TIMEOUT: '100',
      OTEL_METRIC_EXPORT_INTERVAL: '200',
    });
    await program.printed(/could not be exported/);
    program.endInput();
    const { code, stderr } = await program.result();
    assert.equal(code, 0);
    assert.match(
      stderr,
      /^\S+ metrics could not be exported with OTEL_METRICS_EXPORTER=otlp \(.+\); look at the variables OTEL_EXPORTER_\*\n$/,
    );
  });

  it('names the package to install when it is not there', async () => {
    const program = startNode(['--require', REGISTER, programPath('service.cjs')], {
      OTEL_METRICS_EXPORTER: 'otlp',
      OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
      NODE_OPTIONS: `--require ${programPath('without-grpc-exporter.cjs')}`,
    });
    await program.printed(/ready/);
    program.endInput();
    const { code, stderr } = await program.result();
    assert.equal(code, 0);
    assert.equal(
      stderr,
      'opentelemetry-instrumentation-aerospike: OTEL_METRICS_EXPORTER=otlp with the protocol grpc needs ' +
        '@opentelemetry/exporter-metrics-otlp-grpc: npm install @opentelemetry/exporter-metrics-otlp-grpc ' +
        '(if that is installed, a bundler hides it: keep it and this package external)\n',
    );
  });

  it('serves Prometheus too when both are asked for, each under its own name', async () => {
    const program = startNode(['--require', REGISTER, programPath('service.cjs')], {
      OTEL_METRICS_EXPORTER: 'prometheus,otlp',
      OTEL_EXPORTER_PROMETHEUS_PORT: '0',
      OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
    });
    await program.printed(/ready/);
    const [, url = ''] = await program.printed(/metrics at (\S+)\n/);
    const scraped = await (await fetch(url)).text();
    assert.match(scraped, /^db_client_operation_duration_seconds_count/m);
    // Prometheus knows an instance by its address.
    assert.doesNotMatch(scraped, /service_instance_id/);
    program.endInput();
    await program.result();
    assert.ok(requests.some(({ body }) => body.includes('db.client.operation.duration')));
    assert.ok(requests.some(({ body }) => body.includes('service.instance.id')));
  });
});
