// A CommonJS application that imports aerospike as an ES module.
import('aerospike').then(({ default: Aerospike }) => {
  const client = Aerospike.client({ hosts: 'localhost:3000' });
  return client.get(new Aerospike.Key('test', 'programs', 'k')).catch(() => undefined);
});
