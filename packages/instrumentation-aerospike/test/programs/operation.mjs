// An ESM application that knows nothing of telemetry. Its operation fails without needing a server.
import Aerospike, { Key } from 'aerospike';

const client = Aerospike.client({ hosts: 'localhost:3000' });
await client.get(new Key('test', 'programs', 'k')).catch(() => undefined);
