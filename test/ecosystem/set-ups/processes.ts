import { recipeOf } from '../page';
import { OPERATIONS, type SetUp } from '../set-up';

const CLUSTER: Pick<SetUp, 'group' | 'sections' | 'leaves' | 'ports' | 'finally' | 'shows'> = {
  group: 'shared',
  sections: ['PM2'],
  leaves: true,
  ports: 2,
  finally: ['npx pm2 kill'],
  shows: ['pm2'],
};

/** What starts processes for the application. */
export const PROCESSES: readonly SetUp[] = [
  {
    name: 'node:cluster',
    sections: ['node:cluster'],
    group: 'shared',
    application: { 'cluster.js': 'cluster.cjs', 'worker.js': 'app.cjs' },
    processes: 2,
    expected: { measured: 2 * OPERATIONS },
  },
  {
    name: 'node:cluster, NodeSDK in each worker',
    sections: ['NodeSDK'],
    group: 'opentelemetry',
    application: { 'cluster.js': 'cluster.cjs', 'app.js': 'app.cjs' },
    files: { 'worker.js': "require('./telemetry.js');\nrequire('./app.js');\n" },
    commands: ['node cluster.js'],
    processes: 2,
    // A scrape gets what one of them has measured.
    expected: {
      says: [/each worker of this cluster has a Prometheus exporter of its own on the same port.*/],
    },
  },
  {
    name: 'PM2, cluster of two',
    ...CLUSTER,
    expected: { measured: 2 * OPERATIONS },
  },
  {
    name: 'PM2, reloaded',
    ...CLUSTER,
    // Each process that takes the place of another does the operations again.
    then: ['npx pm2 reload app'],
    expected: { measured: 2 * OPERATIONS },
  },
  {
    name: 'Docker, how its container starts',
    sections: ['Docker'],
    group: 'shared',
    commands: [startOf(recipeOf(['Docker']).files.Dockerfile ?? '')],
    expected: { measured: OPERATIONS },
  },
  {
    name: 'aerospike-memory-server, npm exec',
    sections: ['npm', 'aerospike-memory-server'],
    group: 'shared',
    commands: [
      'npm exec aerospike-memory-server -- node --require opentelemetry-instrumentation-aerospike/register app.js',
    ],
    expected: { measured: OPERATIONS },
    shows: ['aerospike'],
  },
  {
    name: 'aerospike-memory-server, Yarn 1',
    sections: ['Yarn 1', 'aerospike-memory-server with Yarn 1'],
    manager: 'yarn 1',
    commands: [
      'yarn aerospike-memory-server node --require opentelemetry-instrumentation-aerospike/register app.js',
    ],
    expected: { measured: OPERATIONS },
    shows: ['aerospike'],
  },
];

/** The command of a Dockerfile, with the variables that it sets. There need not be a Docker engine here. */
function startOf(dockerfile: string): string {
  const valuesOf = (instruction: string) =>
    Array.from(
      dockerfile.matchAll(new RegExp(`^${instruction} (.*)$`, 'gm')),
      ([, text = '']) => text,
    );
  const [command = '[]'] = valuesOf('CMD');
  return [...valuesOf('ENV'), ...(JSON.parse(command) as string[])].join(' ');
}
