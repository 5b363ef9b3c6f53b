// Serves metrics, is scraped over a connection that is kept, and ends without having stopped the server.
import { Agent, get } from 'node:http';
import { getMetrics, startMetricsServer } from 'opentelemetry-instrumentation-aerospike/prometheus';

const { url } = await startMetricsServer({ port: 0 });
const agent = new Agent({ keepAlive: true });
get(url, { agent }, async response => {
  const text = (await response.toArray()).join('');
  const isText = text === (await getMetrics());
  console.log(`scraped ${response.statusCode}, the text of getMetrics: ${isText}`);
});
