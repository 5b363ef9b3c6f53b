// Ends in the way that is named: node ending.cjs WAY. What it prints is compared with what it prints instrumented.
const Aerospike = require('aerospike');
const { AerospikeMemoryServer } = require('aerospike-memory-server');

const [way] = process.argv.slice(2);
const key = new Aerospike.Key('test', 'ending', 'key');
const missing = new Aerospike.Key('test', 'ending', 'missing');
const fail = () => {
  throw new Error('thrown by the application');
};

const WAYS = {
  'process.exit() in a callback': client => client.get(key, () => process.exit(3)),
  'process.exit() in a listener': client =>
    client
      .scan('test', 'ending')
      .foreach()
      .on('data', () => process.exit(4)),
  'process.exit() with 200 calls in flight': client => {
    for (let call = 0; call < 200; call++) client.put(key, { call }, () => undefined);
    setImmediate(() => process.exit(5));
  },
  'an error in a callback': client => client.get(key, fail),
  'an error in a listener': client => client.scan('test', 'ending').foreach().on('data', fail),
  'a rejection that is not handled': client => client.get(missing),
  "an 'error' event without a listener": async (client, server) => {
    await server.inject({ match: { command: 'query' }, resultCode: 4 });
    client.scan('test', 'ending').foreach();
  },
};

async function main() {
  Aerospike.setDefaultLogging({ level: Aerospike.log.OFF });
  const server = await AerospikeMemoryServer.create();
  const client = await Aerospike.connect({ hosts: server.hosts });
  await client.put(key, { n: 1 });
  process.on('exit', code => console.log(`exit ${code}`));
  // Not awaited, because nothing may handle what goes wrong.
  void WAYS[way](client, server);
}

main();
