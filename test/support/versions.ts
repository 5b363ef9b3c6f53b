import { readFileSync } from 'node:fs';

/** What a result was measured with. */
export function versions(): string {
  const [client, sdk] = ['aerospike', '@opentelemetry/sdk-metrics'].map(versionOf);
  return `Node.js ${process.versions.node}, aerospike ${client}, @opentelemetry/sdk-metrics ${sdk}`;
}

function versionOf(name: string): string {
  const manifest = readFileSync(require.resolve(`${name}/package.json`), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}
