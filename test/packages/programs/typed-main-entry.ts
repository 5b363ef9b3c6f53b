// Needs the types of the main entry alone. It is compiled only.
import {
  AerospikeInstrumentation,
  type AerospikeInstrumentationConfig,
} from 'opentelemetry-instrumentation-aerospike';

const config: AerospikeInstrumentationConfig = { enabled: false };
export const instrumentation: AerospikeInstrumentation = new AerospikeInstrumentation(config);
instrumentation.instrumentModule({});
// @ts-expect-error A type that could not be found would allow this.
instrumentation.instrumentModule(1);
