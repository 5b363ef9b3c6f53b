// Counts visits, as an ES module and with promises.
import { createServer } from 'node:http';
import Aerospike from 'aerospike';

const { incr, read } = Aerospike.operations;
const client = await Aerospike.connect();

const server = createServer(async (request, response) => {
  const key = new Aerospike.Key('test', 'visits', request.url);
  try {
    const { bins } = await client.operate(key, [incr('count', 1), read('count')]);
    response.end(`${bins.count}\n`);
  } catch {
    response.writeHead(500).end();
  }
}).listen(process.env.PORT ?? 8080, () => {
  console.log(`listening on http://localhost:${server.address().port}`);
});

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => server.close(() => client.close()));
}
