import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { AerospikeMemoryServer } from 'aerospike-memory-server';
import { commandOf, serviceOf } from './compose-file';
import { eventually, Program, ROOT, samplesOf } from '@test/support';

describe('an application of the Compose project', function () {
  this.timeout(60_000);

  let database: AerospikeMemoryServer;
  let program: Program;

  before(async () => {
    database = await AerospikeMemoryServer.create({ port: 0, namespaces: ['test', 'bar'] });
  });

  afterEach(() => program.kill());

  after(() => database.stop());

  /** Starts what the container would start, with the same environment but for these variables. */
  function start(name: string, env: NodeJS.ProcessEnv): void {
    const service = serviceOf(name);
    const [command = '', ...args] = commandOf(service);
    program = new Program(args, {
      command: command === 'node' ? process.execPath : command,
      cwd: ROOT,
      env: {
        ...service.environment,
        PATH: `${dirname(process.execPath)}:${process.env.PATH ?? ''}`,
        AEROSPIKE_HOSTS: database.hosts,
        ...env,
      },
    });
  }

  it('is scraped', async () => {
    start('application', {
      OTEL_EXPORTER_PROMETHEUS_HOST: '127.0.0.1',
      OTEL_EXPORTER_PROMETHEUS_PORT: '0',
    });
    const [, url = ''] = await program.printed(/metrics at (\S+)\n/);
    const operations = await eventually('gets and puts in the metrics', async () => {
      const text = await (await fetch(url)).text();
      const samples = samplesOf('db_client_operation_duration_seconds_count', text);
      const names = new Set(samples.map(({ labels }) => labels.db_operation_name));
      return names.has('get') && names.has('put') ? names : undefined;
    });
    assert.ok(operations.size > 1);
    program.signal('SIGTERM');
    assert.equal(await program.exit(), 0);
  });

  it('sends to the Collector, with an identity of its own', async () => {
    const received: string[] = [];
    const collector = createServer((request, response) => {
      void buffer(request).then(body => {
        received.push(`${request.url ?? ''} ${body.toString('latin1')}`);
        response.end();
      });
    });
    try {
      start('pushing-application', {
        OTEL_EXPORTER_OTLP_ENDPOINT: await listen(collector),
        OTEL_METRIC_EXPORT_INTERVAL: '200',
      });
      const text = await eventually('the metric at the Collector', () =>
        Promise.resolve(received.find(one => one.includes('db.client.operation.duration'))),
      );
      assert.ok(text.startsWith('/v1/metrics '));
      for (const [name, value] of [
        ['service.name', 'pushing-application'],
        ['service.instance.id', hostname()],
      ] as const) {
        // Protobuf writes the two beside each other, with their tags and lengths between.
        assert.match(text, new RegExp(`${name}[^\\w]{1,4}\\W?${value}`));
      }
      program.signal('SIGTERM');
      assert.equal(await program.exit(), 0);
    } finally {
      collector.closeAllConnections();
      collector.close();
    }
  });
});

async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
