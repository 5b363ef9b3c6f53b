import { installedAt, manifestOf } from '@test/support';

/** What a result was measured with. */
export function versions(): string {
  const [client, sdk] = ['aerospike', '@opentelemetry/sdk-metrics'].map(versionOf);
  return `Node.js ${process.versions.node}, aerospike ${client}, @opentelemetry/sdk-metrics ${sdk}`;
}

/** Read from its file: not every package lets its manifest be required. */
function versionOf(name: string): string {
  return manifestOf(installedAt(name)).version;
}
