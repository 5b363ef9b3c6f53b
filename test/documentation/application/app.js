// An application that knows nothing of telemetry: it counts visits.
const { createServer } = require('node:http');
const Aerospike = require('aerospike');

const { incr, read } = Aerospike.operations;

async function main() {
  const client = await Aerospike.connect(); // to AEROSPIKE_HOSTS
  const server = createServer(async (request, response) => {
    const key = new Aerospike.Key('test', 'visits', request.url);
    const { bins } = await client.operate(key, [incr('count', 1), read('count')]);
    response.end(`${bins.count}\n`);
  }).listen(8080, () => console.log('listening on http://localhost:8080'));
  process.once('SIGTERM', () => server.close(() => client.close()));
}

void main();
