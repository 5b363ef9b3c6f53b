import { installedAt, manifestOf } from '@test/support';

/** What a result was measured with. */
export function versions(): string {
  const [client, sdk] = ['aerospike', '@opentelemetry/sdk-metrics'].map(versionOf);
  return `Node.js ${process.versions.node}, aerospike ${client}, @opentelemetry/sdk-metrics ${sdk}`;
}

/** Read as a file, because `exports` of some packages hide the package.json from require(). */
function versionOf(name: string): string {
  return manifestOf(installedAt(name)).version;
}
