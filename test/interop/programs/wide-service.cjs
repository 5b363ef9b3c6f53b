// Has many series: some operations on each of so many sets, with as many durations as a service has that is at work.
// node --require opentelemetry-instrumentation-aerospike/register wide-service.cjs PORT SETS
const Aerospike = require('aerospike');

const [port, sets] = process.argv.slice(2);
const CALLS = 50;

async function main() {
  const client = await Aerospike.connect({ hosts: `127.0.0.1:${port}` });
  for (let set = 0; set < Number(sets); set++) {
    const key = new Aerospike.Key('test', `set-${set}`, 'one');
    for (let call = 0; call < CALLS; call++) {
      await client.put(key, { n: call });
      // At the same time, so that they wait for each other and take different times.
      await Promise.all([client.get(key), client.exists(key)]);
    }
  }
  console.log('ready');
}

void main();
