import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DemoProcess } from '@example/aerospike-demo/build/test/support/demo-process';
import { CLIENT_QUERIES } from '@example/prometheus-grafana/build/src/client-queries';
import { Scope } from '@example/prometheus-grafana/build/src/scope';
import { eventually, freePort, Program } from '@test/support';
import { AerospikeMemoryServer } from 'aerospike-memory-server';
import { PROMETHEUS_EXAMPLE } from '../../prometheus-grafana/example-files';
import { RELEASES } from '@test/support/build/prometheus-releases';
import { PrometheusServer, type Series } from '@test/support/build/prometheus-server';

const RUNTIME_METRICS = require.resolve('@test/support/build/runtime-metrics');

/** The client's default. */
const MAX_CONNECTIONS = 100;

/** Demos measure as long as they run. */
const FOR_EVER = '600';

for (const release of RELEASES) {
  describe(`${release.title}, which scrapes a demo on three nodes`, function () {
    this.timeout(90_000);

    let database: AerospikeMemoryServer;
    let prometheus: PrometheusServer;
    let instance: string;

    before(async () => {
      database = await AerospikeMemoryServer.create({
        port: 0,
        nodes: 3,
        namespaces: ['test', 'bar'],
      });
      const port = await freePort();
      instance = `127.0.0.1:${port}`;
      prometheus = await PrometheusServer.start({
        release,
        config: {
          global: { scrape_interval: '200ms', evaluation_interval: '200ms' },
          rule_files: [join(PROMETHEUS_EXAMPLE, 'prometheus/rules/client.yml')],
          scrape_configs: [{ job_name: 'demo', static_configs: [{ targets: [instance] }] }],
        },
      });
      new DemoProcess(port, ['--json', '--duration', FOR_EVER], {
        AEROSPIKE_HOSTS: database.hosts,
        NODE_OPTIONS: `--require ${RUNTIME_METRICS}`,
      });
      await eventually('rates of three nodes', async () => {
        const [opened, delay] = [await ask('connectionsOpened'), await ask('eventLoopDelay')];
        return (opened.length === 3 && delay.length === 1) || undefined;
      });
    });

    after(async () => {
      // Undefined where starting them has failed.
      await (prometheus as PrometheusServer | undefined)?.stop();
      await Program.killAll();
      await database.stop();
    });

    it('has the connections of each node by state, and their maximum', async () => {
      const connections = await ask('connections');
      assert.deepEqual(
        valuesOf(connections, 'db_client_connection_pool_name', 'db_client_connection_state'),
        addresses().flatMap(address => [`${address} idle`, `${address} used`]),
      );
      const limits = await ask('connectionLimit');
      assert.deepEqual(valuesOf(limits, 'db_client_connection_pool_name'), addresses());
      for (const limit of numbersOf(limits)) assert.equal(limit, MAX_CONNECTIONS);
      for (const usage of numbersOf(await ask('poolUsage'))) assert.ok(usage >= 0 && usage <= 1);
    });

    it('has the commands in flight and queued', async () => {
      assert.deepEqual(valuesOf(await ask('commands'), 'aerospike_client_command_state'), [
        'in_flight',
        'queued',
      ]);
    });

    it('has errors, timeouts and busy keys of each node', async () => {
      const names = database.nodes.map(({ name, port }) => `${name} 127.0.0.1:${port}`).sort();
      for (const query of ['nodeErrors', 'nodeTimeouts', 'nodeKeyBusy'] as const) {
        const answer = await ask(query);
        assert.deepEqual(
          valuesOf(answer, 'aerospike_node_name', 'db_client_connection_pool_name'),
          names,
        );
      }
      await eventually('a timeout, of which the demo has some', async () => {
        const rates = numbersOf(await ask('nodeTimeouts'));
        return rates.some(rate => rate > 0) || undefined;
      });
    });

    it('has the delay of the event loop', async () => {
      const [delay = NaN] = numbersOf(await ask('eventLoopDelay'));
      assert.ok(delay > 0 && delay < 10, String(delay));
    });

    it('has seen no change of the nodes, which are three', async () => {
      assert.deepEqual(numbersOf(await ask('nodeCount')), [3]);
      const changes = await ask('nodeChanges');
      assert.deepEqual(valuesOf(changes, 'aerospike_client_node_event'), [
        'added',
        'disconnected',
        'removed',
      ]);
      assert.deepEqual(numbersOf(changes), [0, 0, 0]);
      assert.deepEqual(await prometheus.alerts(), []);
    });

    it('sees a node go, and is about to alert on it', async () => {
      await database.nodes[1]?.kill();
      await eventually('two nodes', async () => {
        const [count] = numbersOf(await ask('nodeCount'));
        return count === 2 || undefined;
      });
      await eventually('a node that was removed', async () => {
        const removed = (await ask('nodeChanges')).filter(
          ({ metric }) => metric.aerospike_client_node_event === 'removed',
        );
        return numbersOf(removed).some(growth => growth > 0) || undefined;
      });
      const alert = await eventually('the alert', async () => {
        const alerts = await prometheus.alerts();
        return alerts.find(({ labels }) => labels.alertname === 'AerospikeNodeMissing');
      });
      assert.equal(alert.labels.instance, instance);
    });

    function ask(name: keyof typeof CLIENT_QUERIES): Promise<Series[]> {
      return prometheus.query(CLIENT_QUERIES[name](new Scope({ range: '5m' })));
    }

    function addresses(): string[] {
      return database.nodes.map(({ port }) => `127.0.0.1:${port}`).sort();
    }
  });
}

/** The values of these labels, for each series of an answer. */
function valuesOf(answer: readonly Series[], ...labels: readonly string[]): string[] {
  return answer.map(({ metric }) => labels.map(label => metric[label] ?? '').join(' ')).sort();
}

function numbersOf(answer: readonly Series[]): number[] {
  return answer.map(({ value }) => Number(value?.[1]));
}
