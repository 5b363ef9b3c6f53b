// A record stream whose error has no listener, or one of whose listeners throws.
const Aerospike = require('aerospike');

const [hosts, situation] = process.argv.slice(2);

Aerospike.connect({ hosts, log: { level: Aerospike.log.OFF } }).then(client => {
  process.on('uncaughtException', error => {
    console.log(`uncaught ${error.name} ${error.code ?? error.message}`);
    if (situation === 'error-without-listener') client.close();
  });
  if (situation === 'listener-throws') {
    const stream = client.scan('test', 'streams').foreach();
    stream.on('end', () => {
      setImmediate(() => client.close());
      throw new Error('from a listener');
    });
  } else {
    const query = client.query('test', 'streams');
    query.where(Aerospike.filter.equal('no-index', 1));
    query.foreach();
  }
});
