import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, loadavg, release, totalmem, type } from 'node:os';
import { dirname, join } from 'node:path';
import { isInstalled } from './installed.mjs';

const require = createRequire(import.meta.url);

const PACKAGES = [
  'opentelemetry-instrumentation-aerospike',
  'aerospike',
  'aerospike-memory-server',
  '@opentelemetry/api',
  '@opentelemetry/sdk-metrics',
  '@opentelemetry/sdk-trace',
  '@opentelemetry/exporter-prometheus',
  '@opentelemetry/instrumentation-pg',
  'prom-client',
  'dd-trace',
  'mitata',
];

/** On what, with what and when something is measured. */
export function describeRun() {
  const { AEROSPIKE_HOSTS } = process.env;
  return {
    date: new Date().toISOString(),
    commit: commit(),
    cpu: cpus()[0].model.trim(),
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    loadAverage: loadavg().map(load => Number(load.toFixed(1))),
    system: `${type()} ${release()}`,
    node: process.version,
    server: AEROSPIKE_HOSTS || 'aerospike-memory-server in a process of its own',
    packages: Object.fromEntries(PACKAGES.filter(isInstalled).map(name => [name, versionOf(name)])),
  };
}

export function runTable({ packages, ...run }) {
  const rows = {
    Date: run.date.replace('T', ' ').replace(/\.\d+Z$/, ' UTC'),
    Commit: run.commit,
    Machine: `${run.cores} × ${run.cpu}, ${run.memoryGiB} GiB, ${run.system}`,
    ...(run.minutes !== undefined && { 'It took': `${run.minutes.toFixed(1)} minutes` }),
    'Load average at the start': run.loadAverage.join(', '),
    'Node.js': run.node,
    Server: run.server,
    ...packages,
  };
  return { columns: ['', 'This run'], rows: Object.entries(rows), isText: true };
}

function commit() {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  } catch {
    return 'unknown';
  }
}

/** Not every package exports its package.json. */
function versionOf(name) {
  for (let folder = dirname(require.resolve(name)); ; folder = dirname(folder)) {
    try {
      const described = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
      if (described.name === name) return described.version;
    } catch {
      if (folder === dirname(folder)) return 'unknown';
    }
  }
}
