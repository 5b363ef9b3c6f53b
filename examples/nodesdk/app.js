// Keeps shopping carts. Nothing in here knows of telemetry.
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import Aerospike from 'aerospike';

const client = await Aerospike.connect(); // to AEROSPIKE_HOSTS

const HANDLERS = {
  async GET(key) {
    const { bins } = await client.select(key, ['items']);
    return bins.items;
  },
  async POST(key, item) {
    const { bins } = await client.operate(key, [Aerospike.lists.append('items', item)]);
    return bins.items; // how many there are
  },
  async DELETE(key) {
    await client.remove(key);
  },
};

const server = createServer(async (request, response) => {
  try {
    const key = new Aerospike.Key('test', 'carts', request.url);
    const answer = await HANDLERS[request.method](key, await text(request));
    response.end(`${JSON.stringify(answer)}\n`);
  } catch (error) {
    const isMissing = error.code === Aerospike.status.ERR_RECORD_NOT_FOUND;
    response.writeHead(isMissing ? 404 : 500).end();
  }
}).listen(process.env.PORT ?? 8080, () => {
  console.log(`listening on http://localhost:${server.address().port}`);
});

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => server.close(() => client.close()));
}
