import Aerospike from 'aerospike';
import express from 'express';
import { getMetrics } from 'opentelemetry-instrumentation-aerospike/prometheus';
import { Counter, register } from 'prom-client';

const requests = new Counter({
  name: 'http_requests_total',
  help: 'HTTP requests.',
  labelNames: ['method', 'status'],
});

await getMetrics(); // from here on Aerospike is measured
const client = await Aerospike.connect(); // to AEROSPIKE_HOSTS
const keyOf = id => new Aerospike.Key('test', 'users', id);

const app = express();

app.get('/metrics', async (request, response) => {
  response.type(register.contentType);
  response.send((await register.metrics()) + (await getMetrics()));
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
