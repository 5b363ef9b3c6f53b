import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { diag, DiagLogLevel, type Attributes } from '@opentelemetry/api';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { AerospikePrometheusExporter } from '../src/prometheus';
import { METRICS } from '../src/series/metrics';

describe('a scrape', () => {
  let exporter: AerospikePrometheusExporter;
  let meterProvider: MeterProvider;
  let server: Server;
  let port: number;
  let messages: string[];

  beforeEach(async () => {
    exporter = new AerospikePrometheusExporter({ preventServerStart: true });
    meterProvider = new MeterProvider({ readers: [exporter] });
    server = createServer((request, response) => {
      exporter.getMetricsRequestHandler(request, response);
      server.emit('scrape', response);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    ({ port } = server.address() as AddressInfo);
    messages = [];
    const note = (message: string) => {
      messages.push(message);
      server.emit('message');
    };
    const logger = { error: note, warn: note, info: note, debug: note, verbose: note };
    diag.setLogger(logger, { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true });
  });

  afterEach(() => {
    diag.disable();
    server.close();
    server.closeAllConnections();
  });

  function record(attributes: Attributes): void {
    exporter.metricProducer.series(METRICS.operationDuration, attributes).record(1);
  }

  function scrape(): Promise<Response> {
    return fetch(`http://127.0.0.1:${port}/`);
  }

  /** Sends a request and does not read the answer. */
  async function startScrape(): Promise<{ socket: Socket; response: ServerResponse }> {
    const socket = connect(port, '127.0.0.1');
    socket.write('GET / HTTP/1.1\r\nhost: localhost\r\n\r\n');
    const [response] = (await once(server, 'scrape')) as [ServerResponse];
    return { socket, response };
  }

  it('of many series gets the whole text', async () => {
    for (let set = 0; set < 300; set++) record({ set: 'ü'.repeat(set) });
    const response = await scrape();
    assert.equal(response.status, 200);
    assert.equal(response.headers.get('content-type'), 'text/plain; version=0.0.4; charset=utf-8');
    assert.equal(await response.text(), await exporter.text());
    assert.deepEqual(messages, []);
  });

  it('gets what can be collected when something cannot, which is told', async () => {
    const gauge = meterProvider.getMeter('application').createObservableGauge('broken');
    gauge.addCallback(() => {
      throw new Error('out of order');
    });
    record({});
    const response = await scrape();
    assert.equal(response.status, 200);
    assert.match(await response.text(), /^db_client_operation_duration_seconds_count\{.*\} 1$/m);
    assert.deepEqual(messages, [
      'opentelemetry-instrumentation-aerospike: some metrics could not be collected',
    ]);
  });

  it('gets status 500 when nothing can be collected, which is told', async () => {
    await meterProvider.shutdown();
    const response = await scrape();
    assert.equal(response.status, 500);
    assert.equal(
      await response.text(),
      '# failed to export metrics: Error: MetricReader is shutdown',
    );
    assert.deepEqual(messages, [
      'opentelemetry-instrumentation-aerospike: the metrics could not be collected',
    ]);
  });

  describe('that hangs up does no harm', () => {
    afterEach(async () => {
      assert.equal((await scrape()).status, 200);
    });

    it('in the middle of the answer', async () => {
      for (let set = 0; set < 2000; set++) {
        record({ set, text: 'x'.repeat(1000) });
      }
      const { socket, response } = await startScrape();
      await once(socket, 'data');
      socket.destroy();
      await once(response, 'close');
      assert.equal(response.writableFinished, false);
    });

    it('before there is an answer', async () => {
      let isGone: () => void = () => undefined;
      const gone = new Promise<void>(resolve => (isGone = resolve));
      const gauge = meterProvider.getMeter('application').createObservableGauge('slow');
      gauge.addCallback(() => gone);
      const { socket, response } = await startScrape();
      socket.destroy();
      await once(response, 'close');
      isGone();
      await once(server, 'message');
      assert.deepEqual(messages, [
        'opentelemetry-instrumentation-aerospike: a scrape could not be answered to its end',
      ]);
    });
  });
});
