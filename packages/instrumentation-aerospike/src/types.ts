import type { InstrumentationConfig } from '@opentelemetry/instrumentation';

/** Options of {@link AerospikeInstrumentation}. */
export type AerospikeInstrumentationConfig = InstrumentationConfig;
