import Aerospike from 'aerospike';
import express from 'express';
import { getMetrics } from 'opentelemetry-instrumentation-aerospike/prometheus';
import { Counter, register as registry, Registry } from 'prom-client';

const requests = new Counter({
  name: 'http_requests_total',
  help: 'HTTP requests.',
  labelNames: ['method', 'status'],
});

const format = process.env.METRICS_FORMAT ?? 'text';
if (format === 'openmetrics') registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);

await getMetrics(); // from here on Aerospike is measured
const client = await Aerospike.connect(); // to AEROSPIKE_HOSTS
const keyOf = id => new Aerospike.Key('test', 'users', id);

const app = express();

app.get('/metrics', async (request, response) => {
  response.type(registry.contentType);
  // prom-client comes last: it writes the end of OpenMetrics too.
  response.send((await getMetrics({ format })) + (await registry.metrics()));
});

app.use((request, response, next) => {
  response.once('finish', () =>
    requests.inc({ method: request.method, status: response.statusCode }),
  );
  next();
});

app.put('/users/:id', express.json(), async (request, response) => {
  await client.put(keyOf(request.params.id), request.body);
  response.sendStatus(204);
});

app.get('/users/:id', async (request, response) => {
  try {
    const { bins } = await client.get(keyOf(request.params.id));
    response.json(bins);
  } catch (error) {
    if (error.code !== Aerospike.status.ERR_RECORD_NOT_FOUND) throw error;
    response.sendStatus(404);
  }
});

const server = app.listen(process.env.PORT ?? 8080, () => {
  console.log(`listening on http://localhost:${server.address().port}`);
});

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => server.close(() => client.close()));
}
