// A CommonJS application that knows nothing of telemetry. Its operation fails without needing a server.
const Aerospike = require('aerospike');

const client = Aerospike.client({ hosts: 'localhost:3000' });
client.get(new Aerospike.Key('test', 'programs', 'k'), () => undefined);
