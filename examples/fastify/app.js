const Aerospike = require('aerospike');
const { fastify } = require('fastify');
const { getMetrics } = require('opentelemetry-instrumentation-aerospike/prometheus');
const { Counter, register } = require('prom-client');

const requests = new Counter({
  name: 'http_requests_total',
  help: 'HTTP requests.',
  labelNames: ['method', 'status'],
});

const keyOf = id => new Aerospike.Key('test', 'users', id);

/** One answer with the application's own metrics and those of Aerospike. */
async function metrics(app) {
  app.get('/metrics', async (request, reply) => {
    reply.type(register.contentType);
    return (await register.metrics()) + (await getMetrics());
  });
}

async function users(app, { client }) {
  app.addHook('onResponse', async ({ method }, { statusCode }) => {
    requests.inc({ method, status: statusCode });
  });

  app.put('/users/:id', async (request, reply) => {
    await client.put(keyOf(request.params.id), request.body);
    reply.code(204);
  });

  app.get('/users/:id', async (request, reply) => {
    try {
      const { bins } = await client.get(keyOf(request.params.id));
      return bins;
    } catch (error) {
      if (error.code !== Aerospike.status.ERR_RECORD_NOT_FOUND) throw error;
      return reply.code(404).send();
    }
  });
}

async function main() {
  await getMetrics(); // from here on Aerospike is measured
  const client = await Aerospike.connect(); // to AEROSPIKE_HOSTS

  const app = fastify();
  app.register(metrics);
  app.register(users, { client });
  app.addHook('onClose', async () => client.close());

  await app.listen({ port: Number(process.env.PORT ?? 8080) });
  console.log(`listening on http://localhost:${app.server.address().port}`);

  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => app.close());
}

void main();
