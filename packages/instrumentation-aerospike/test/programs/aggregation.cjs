// Counts records with a function of the server. It has a process of its own, since the client runs the last step itself,
// with Lua files of a folder that only the first client of a process can choose.
const { resolve } = require('node:path');
const Aerospike = require('aerospike');

const [hosts] = process.argv.slice(2);
const modlua = { userPath: resolve(__dirname, '../fixtures') };

Aerospike.connect({ hosts, modlua, log: { level: Aerospike.log.OFF } }).then(async client => {
  console.log(await client.query('test', 'streams').apply('instrumentation', 'count', []));
  client.query('test', 'streams').apply('instrumentation', 'count', [], (error, count) => {
    console.log(error ?? count);
    client.close();
  });
});
