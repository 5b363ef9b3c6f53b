// Imports products, checks and removes what is sold out, and can be scraped while it is at work.
import { once } from 'node:events';
import Aerospike from 'aerospike';
import {
  startMetricsServer,
  stopMetricsServer,
} from 'opentelemetry-instrumentation-aerospike/prometheus';

const PRODUCTS = Array.from({ length: 50 }, (_, id) => ({ id, stock: id % 10 }));

const { url } = await startMetricsServer({ port: Number(process.env.METRICS_PORT ?? 9464) });
console.log(`metrics at ${url}`);

// The server is that of AEROSPIKE_HOSTS.
const client = await Aerospike.connect();
const keyOf = ({ id }) => new Aerospike.Key('test', 'products', id);

for (const product of PRODUCTS) await client.put(keyOf(product), product);

const rows = await client.batchRead(
  PRODUCTS.map(product => ({ key: keyOf(product), readAllBins: true })),
);
const soldOut = rows.map(({ record }) => record.bins).filter(({ stock }) => stock === 0);
for (const product of soldOut) await client.remove(keyOf(product));

const left = await client.scan('test', 'products').results();
console.log(`${left.length} products imported, ${soldOut.length} were sold out; Ctrl-C ends`);

await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
client.close();
await stopMetricsServer();
