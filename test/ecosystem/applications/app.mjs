// An application that knows nothing of telemetry: six operations, then it stays until it is ended.
import Aerospike from 'aerospike';

async function main() {
  const { AEROSPIKE_HOSTS: hosts, AEROSPIKE_SET: set } = process.env;
  const client = await Aerospike.connect({ hosts, log: { level: Aerospike.log.OFF } });
  for (const id of [1, 2, 3]) {
    const key = new Aerospike.Key('test', set, id);
    await client.put(key, { id });
    await client.get(key);
  }
  console.log('ready');
  const stays = setInterval(() => {}, 1000);
  process.on('SIGTERM', () => {
    clearInterval(stays);
    client.close();
  });
}

main().catch(error => {
  console.error(error);
  process.exit(1);
});
