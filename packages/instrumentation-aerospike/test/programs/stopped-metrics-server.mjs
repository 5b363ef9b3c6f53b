// Stops its metrics server while somebody is connected who asks for nothing.
import { once } from 'node:events';
import { connect } from 'node:net';
import { startMetricsServer } from 'opentelemetry-instrumentation-aerospike/prometheus';

const { host, port, close } = await startMetricsServer({ port: 0, host: '127.0.0.1' });
const visitor = connect(port, host).on('error', () => undefined);
await once(visitor, 'connect');
visitor.unref();
await close();
console.log('stopped');
