// An ESM application that sets up telemetry after it has loaded aerospike and made a client.
import Aerospike from 'aerospike';

const client = Aerospike.client({ hosts: 'localhost:3000' });
await import('./telemetry.cjs');
await client.get(new Aerospike.Key('test', 'programs', 'k')).catch(() => undefined);
