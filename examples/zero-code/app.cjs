// Counts visits, in CommonJS and with callbacks.
const { createServer } = require('node:http');
const Aerospike = require('aerospike');

const { incr, read } = Aerospike.operations;

Aerospike.connect((error, client) => {
  if (error) throw error;

  const server = createServer((request, response) => {
    const key = new Aerospike.Key('test', 'visits', request.url);
    client.operate(key, [incr('count', 1), read('count')], (error, record) => {
      if (error) response.writeHead(500).end();
      else response.end(`${record.bins.count}\n`);
    });
  }).listen(process.env.PORT ?? 8080, () => {
    console.log(`listening on http://localhost:${server.address().port}`);
  });

  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, () => server.close(() => client.close()));
  }
});
