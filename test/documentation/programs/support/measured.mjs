// What the programs of the documentation have in common: an operation, and what is measured of it.
import assert from 'node:assert/strict';
import Aerospike from 'aerospike';

/** Makes one operation of a kind, and waits for it. */
export async function operate() {
  const client = await Aerospike.connect(); // to AEROSPIKE_HOSTS
  await client.exists(new Aerospike.Key('test', 'documentation', 'any'));
  client.close();
}

/** The ports that stand for those that the documentation names, as free-ports.cjs has them. */
const ports = JSON.parse(process.env.DOCUMENTED_PORTS ?? '{}');

/** The operation is in the text of a scrape, once, under the name that the metric has in Prometheus. */
export async function assertScraped(documentedUrl) {
  const url = new URL(documentedUrl);
  url.port = ports[url.port] ?? url.port;
  const text = await (await fetch(url)).text();
  const counts = text
    .split('\n')
    .filter(line => line.startsWith('db_client_operation_duration_seconds_count{'));
  assert.equal(counts.length, 1, text);
  assert.match(counts[0], /db_collection_name="documentation",db_operation_name="exists".*\} 1$/);
}
