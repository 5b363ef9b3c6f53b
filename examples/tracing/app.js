// Keeps articles, with promises, callbacks and streams. Nothing in here knows of telemetry.
const { createServer } = require('node:http');
const Aerospike = require('aerospike');

const keyOf = path => new Aerospike.Key('test', 'articles', path);

/** With a promise. */
async function save(client, path, response) {
  await client.put(keyOf(path), { path, views: 0 });
  response.end('saved\n');
}

/** With callbacks: the second operation belongs to the same request as the first. */
function read(client, path, response) {
  client.get(keyOf(path), (error, article) => {
    if (error) {
      const isMissing = error.code === Aerospike.status.ERR_RECORD_NOT_FOUND;
      response.writeHead(isMissing ? 404 : 500).end();
      return;
    }
    client.incr(keyOf(path), { views: 1 }, () => {
      response.end(`${article.bins.path}: read ${article.bins.views + 1} times\n`);
    });
  });
}

/** With a stream. */
function list(client, response) {
  const paths = [];
  const stream = client.scan('test', 'articles').foreach();
  stream.on('data', ({ bins }) => paths.push(bins.path));
  stream.on('error', () => response.writeHead(500).end());
  stream.on('end', () => response.end(`${paths.sort().join('\n')}\n`));
}

async function main() {
  const client = await Aerospike.connect(); // to AEROSPIKE_HOSTS

  const server = createServer((request, response) => {
    const { method, url } = request;
    if (method === 'PUT') {
      save(client, url, response).catch(() => response.writeHead(500).end());
    } else if (url === '/') list(client, response);
    else read(client, url, response);
  }).listen(process.env.PORT ?? 8080, () => {
    console.log(`listening on http://localhost:${server.address().port}`);
  });

  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, () => server.close(() => client.close()));
  }
}

void main();
