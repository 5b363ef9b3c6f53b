import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import * as Aerospike from 'aerospike';
import { ProcessMetrics, type MetricsServerOptions } from '../src/prometheus/process-metrics';
import { programPath, runNode } from './support/program';

const COUNT = /^db_client_operation_duration_seconds_count\{.*db_namespace="(.*?)".*\} (\d+)$/gm;

describe('the metrics server', () => {
  let service: ProcessMetrics;

  beforeEach(() => {
    service = new ProcessMetrics();
  });
  afterEach(() => service.shutdown());

  function startMetricsServer(options: MetricsServerOptions) {
    return service.start(options);
  }

  /** An operation that fails without a server. */
  async function makeOperation(namespace: string): Promise<void> {
    const client = Aerospike.client({ hosts: 'aero.example:3000' });
    await assert.rejects(client.get(new Aerospike.Key(namespace, 'users', 'k')));
  }

  /** How often the operations of a namespace stand in the text. */
  function countOf(namespace: string, text: string): number {
    const found = Array.from(text.matchAll(COUNT)).find(([, name]) => name === namespace);
    return Number(found?.[2] ?? 0);
  }

  async function scrape(url: string): Promise<string> {
    return (await fetch(url)).text();
  }

  it('listens on localhost, and says where', async () => {
    const { host, port, url } = await startMetricsServer({ port: 0 });
    assert.equal(host, 'localhost');
    assert.ok(port > 0);
    assert.equal(url, `http://localhost:${port}/metrics`);
    assert.equal((await fetch(url)).status, 200);
  });

  it('serves the operations of an aerospike that was loaded before', async () => {
    const { url } = await startMetricsServer({ port: 0 });
    await makeOperation('served');
    assert.equal(countOf('served', await scrape(url)), 1);
  });

  it('answers other paths with 404, and takes a query', async () => {
    const { port, url } = await startMetricsServer({ port: 0, endpoint: '/internal/metrics' });
    assert.equal((await fetch(`http://localhost:${port}/metrics`)).status, 404);
    assert.equal((await fetch(`http://localhost:${port}/`)).status, 404);
    assert.equal((await fetch(`${url}?name[]=up`)).status, 200);
  });

  it('is replaced when it is started again, and keeps the counts', async () => {
    const first = await startMetricsServer({ port: 0 });
    await makeOperation('kept');
    const second = await startMetricsServer({ port: 0 });
    await assert.rejects(fetch(first.url));
    assert.equal(countOf('kept', await scrape(second.url)), 1);
  });

  it('is replaced on the same port', async () => {
    const first = await startMetricsServer({ port: 0 });
    const second = await startMetricsServer({ port: first.port, endpoint: '/other' });
    assert.equal(second.port, first.port);
    assert.equal((await fetch(first.url)).status, 404);
    assert.equal((await fetch(second.url)).status, 200);
  });

  it('is closed by the one who started it, but not one that has replaced it', async () => {
    const first = await startMetricsServer({ port: 0 });
    const second = await startMetricsServer({ port: 0 });
    await first.close();
    assert.equal((await fetch(second.url)).status, 200);
    await second.close();
    await assert.rejects(fetch(second.url));
  });

  it('may be stopped any number of times, and started again', async () => {
    await service.stop();
    await startMetricsServer({ port: 0 });
    await Promise.all([service.stop(), service.stop()]);
    const { url } = await startMetricsServer({ port: 0 });
    assert.equal((await fetch(url)).status, 200);
  });

  it('stops although a scraper does not finish its request', async () => {
    const server = await startMetricsServer({ port: 0, host: '127.0.0.1' });
    const scraper = connect(server.port, server.host).on('error', () => undefined);
    // What is answered makes sure that the server has read what follows it.
    scraper.write('GET /other HTTP/1.1\r\nHost: localhost\r\n\r\nGET /metrics HTTP/1.1\r\n');
    await once(scraper, 'data');
    const closed = once(scraper, 'close');
    await server.close();
    await closed;
  });

  it('is the last one when it is started several times at once', async () => {
    const servers = await Promise.all([0, 0, 0].map(port => startMetricsServer({ port })));
    const answers = await Promise.allSettled(servers.map(({ url }) => fetch(url)));
    assert.deepEqual(
      answers.map(({ status }) => status),
      ['rejected', 'rejected', 'fulfilled'],
    );
  });

  describe('on a port that is taken', () => {
    let other: Server;
    let port: number;

    before(async () => {
      other = createServer().listen(0, 'localhost');
      await once(other, 'listening');
      ({ port } = other.address() as AddressInfo);
    });
    after(() => {
      other.close();
    });

    it('rejects with an error that names it', async () => {
      await assert.rejects(startMetricsServer({ port }), {
        code: 'EADDRINUSE',
        message: `The metrics cannot be served on localhost, port ${port}: the port is taken`,
      });
    });

    it('goes on serving where it did before', async () => {
      const { url } = await startMetricsServer({ port: 0 });
      await assert.rejects(startMetricsServer({ port }));
      assert.equal((await fetch(url)).status, 200);
    });
  });

  it('goes on serving where it did before when another host on the same port is none', async () => {
    const { port, url } = await startMetricsServer({ port: 0 });
    await assert.rejects(startMetricsServer({ port, host: '203.0.113.1' }), {
      code: 'EADDRNOTAVAIL',
    });
    assert.equal((await fetch(url)).status, 200);
  });

  it('is still closed by the one who started it after it could not be replaced', async () => {
    const server = await startMetricsServer({ port: 0 });
    await assert.rejects(startMetricsServer({ port: server.port, host: '203.0.113.1' }));
    await server.close();
    await assert.rejects(fetch(server.url));
  });

  const wrong: [options: unknown, message: RegExp][] = [
    [9465, /^options must be an object, not 9465$/],
    [null, /^options must be an object, not null$/],
    [
      { endpoint: '/mé' },
      /^endpoint must be the path of a URL, which starts with '\/', not '\/mé'$/,
    ],
    [{ port: '9464' }, /^port must be a whole number from 0 to 65535, not '9464'$/],
    [{ port: 65536 }, /^port must be .*, not 65536$/],
    [{ port: 1.5 }, /^port must be /],
    [{ host: '' }, /^host must be a host name or an IP address, not ''$/],
    [
      { endpoint: 'metrics' },
      /^endpoint must be the path of a URL, which starts with '\/', not 'metrics'$/,
    ],
    [{ endpoint: '/metrics?x' }, /^endpoint must be /],
    [{ boundaries: [2, 1] }, /^boundaries must be a list of finite numbers of seconds/],
    [
      { boundaries: [1, 2] },
      /^boundaries must be those that are in use, 0\.001, .*, once metrics are collected, not \[ 1, 2 \]$/,
    ],
  ];

  for (const [options, message] of wrong) {
    it(`refuses wrong options: ${JSON.stringify(options)}`, async () => {
      await service.text({});
      await assert.rejects(startMetricsServer(options as object), {
        name: 'TypeError',
        message,
      });
    });
  }

  it('describes the metric before the first operation', async () => {
    const text = await service.text({});
    assert.match(text, /^# HELP db_client_operation_duration_seconds Duration of database/m);
    assert.match(text, /^# TYPE db_client_operation_duration_seconds histogram$/m);
    assert.doesNotMatch(text, /^db_client/m);
  });

  it('gives as text what a scrape gets', async () => {
    const { url } = await startMetricsServer({ port: 0 });
    await makeOperation('text');
    assert.equal(await scrape(url), await service.text({}));
  });

  it('gives the text many times at once', async () => {
    const texts = await Promise.all(Array.from({ length: 50 }, () => service.text({})));
    assert.equal(new Set(texts).size, 1);
  });

  it('adds no spans to those of an instrumentation that is registered', async () => {
    const code = `
      require(${JSON.stringify(programPath('own-instrumentation.cjs'))});
      require('opentelemetry-instrumentation-aerospike/prometheus').getMetrics();
      require(${JSON.stringify(programPath('operation.cjs'))});`;
    const { stdout } = await runNode('--eval', code);
    assert.match(stdout, /^spans: 1$/m);
  });

  it('can be waited for until it has stopped, even if nothing else keeps the process alive', async () => {
    const { code, stdout, stderr } = await runNode(programPath('stopped-metrics-server.mjs'));
    assert.deepEqual([code, stdout, stderr], [0, 'stopped\n', '']);
  });

  it('is one for the process in the functions that the package exports, and does not keep it alive', async () => {
    const { code, stdout, stderr } = await runNode(programPath('metrics-server.mjs'));
    assert.deepEqual(
      [code, stdout, stderr],
      [0, 'scraped 200, the text of getMetrics: true\n', ''],
    );
  });
});
