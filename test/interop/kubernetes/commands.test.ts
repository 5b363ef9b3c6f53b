import assert from 'node:assert/strict';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { Consumers, PACKAGE_NAMES, type PackageName, type Program, samplesOf } from '@test/support';
import { AerospikeMemoryServer } from 'aerospike-memory-server';
import { output } from '../toolchains/command';
import { buildCommands } from './image-recipe';
import { readDeployment, type Container } from './manifests';
import { MetricsReceiver } from './metrics-receiver';
import { Pod } from './pod';

const PACKAGE = 'opentelemetry-instrumentation-aerospike';

/** What the Operator's image loads, as far as it matters here: an SDK that sends metrics by OTLP. */
const AUTOINSTRUMENTATION = `
const { NodeSDK } = require('@opentelemetry/sdk-node');
const { PeriodicExportingMetricReader } = require('@opentelemetry/sdk-metrics');
const { OTLPMetricExporter } = require('@opentelemetry/exporter-metrics-otlp-proto');
const exporter = new OTLPMetricExporter();
new NodeSDK({
  metricReaders: [new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 200, exportTimeoutMillis: 200 })],
}).start();
`;

describe('in examples/kubernetes', function () {
  this.timeout(180_000);

  let database: AerospikeMemoryServer;
  let consumers: Consumers;
  let pod: Pod;

  before(async () => {
    database = await AerospikeMemoryServer.create();
    consumers = await Consumers.create();
  });

  beforeEach(() => {
    pod = new Pod();
  });

  afterEach(() => pod.remove());

  after(async () => {
    consumers.remove();
    await database.stop();
  });

  /** Starts an application; not at the port of the manifest, which may be taken, nor for other machines. */
  function start(container: Container, volumes: readonly string[] = [], given = {}): Program {
    return pod.run(container, volumes, {
      AEROSPIKE_HOSTS: database.hosts,
      OTEL_EXPORTER_PROMETHEUS_HOST: '127.0.0.1',
      OTEL_EXPORTER_PROMETHEUS_PORT: '0',
      ...given,
    });
  }

  /**
   * Does what an image recipe does before it is copied, in a folder of its root.
   *
   * @param present packages that its base image has
   * @param files that it has besides
   */
  async function build(
    recipe: string,
    present: readonly string[] = [],
    files: Readonly<Record<string, string>> = {},
  ): Promise<string> {
    const { folder, run } = buildCommands(recipe);
    const [install = '', ...commands] = run;
    const names = install.split(' ').filter(word => /^@?[a-z]/.test(word) && word !== 'npm');
    const [, ...packages] = names;
    const ours = packages.filter((name): name is PackageName =>
      (PACKAGE_NAMES as string[]).includes(name),
    );
    assert.deepEqual(ours, [PACKAGE], install);
    const others = [...present, ...packages.filter(name => name !== PACKAGE)];
    // The same as the recipe's npm install, but with the packages of this repository.
    const installed = await consumers.install(recipe.replace('/', '-'), ours, others);
    cpSync(installed, join(pod.root, folder), { recursive: true });
    for (const [name, text] of Object.entries(files)) pod.write(join(folder, name), text);
    for (const command of commands) {
      await output('sh', ['-c', command], { cwd: join(pod.root, folder) });
    }
    return folder;
  }

  it('deployment.yaml starts an application that is measured', async () => {
    pod.addDependencies([
      PACKAGE,
      '@opentelemetry/api',
      '@opentelemetry/sdk-metrics',
      '@opentelemetry/exporter-prometheus',
    ]);
    const [container] = readDeployment('deployment.yaml').spec.template.spec.containers;
    await assertServed(start(container));
  });

  it('init-container/ brings the instrumentation to an application without it', async () => {
    const { initContainers = [], containers } = readDeployment('init-container/deployment.yaml')
      .spec.template.spec;
    const source = await build('init-container/Dockerfile');
    const volumes = [source, '/otel-aerospike'];
    pod.write('otel-aerospike/.volume', '');
    for (const container of initContainers) {
      assert.equal(await pod.run(container, volumes).exit(), 0);
    }
    await assertServed(start(containers[0], volumes));
  });

  it('operator/ adds the instrumentation to what the Operator injects', async () => {
    const present = [
      '@opentelemetry/api',
      '@opentelemetry/exporter-metrics-otlp-proto',
      '@opentelemetry/exporter-prometheus',
      '@opentelemetry/sdk-metrics',
      '@opentelemetry/sdk-node',
    ];
    const files = { 'autoinstrumentation.js': AUTOINSTRUMENTATION };
    const source = await build('operator/Dockerfile', present, files);
    const receiver = await MetricsReceiver.start();
    try {
      const [container] = readDeployment('operator/deployment.yaml').spec.template.spec.containers;
      // What the Operator sets.
      start(container, [], {
        NODE_OPTIONS: `--require ${join(pod.root, source, 'autoinstrumentation.js')}`,
        OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
        OTEL_SERVICE_NAME: 'application',
      });
      await receiver.received('db.client.operation.duration');
    } finally {
      receiver.stop();
    }
  });
});

/** Waits until an application serves what it has done. */
async function assertServed(application: Program): Promise<void> {
  const [, url = ''] = await application.printed(/metrics at (\S+)\n/);
  await application.printed(/ready\n/);
  const text = await (await fetch(url)).text();
  const samples = samplesOf('db_client_operation_duration_seconds_count', text);
  assert.deepEqual(
    samples.map(({ labels, value }) => [labels.db_operation_name, value]),
    [
      ['put', 1],
      ['get', 1],
    ],
  );
}
