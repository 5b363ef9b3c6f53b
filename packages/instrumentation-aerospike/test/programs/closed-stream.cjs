// Goes over the records of a client that is not connected: the client itself fails with a TypeError nobody can catch.
const Aerospike = require('aerospike');

const [kind] = process.argv.slice(2);
const Statement = { scan: Aerospike.Scan, query: Aerospike.Query }[kind];

process.on('uncaughtException', error => console.log(`uncaught ${error.name}`));
new Statement(Aerospike.client({ hosts: 'localhost:3000' }), 'test', 'programs', {}).foreach();
