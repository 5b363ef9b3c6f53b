import { BOOLEAN, checkOptions, FUNCTION, type Kind, type Kinds } from './option-kinds';
import type { AerospikeInstrumentationConfig } from './types';

const RECORDER: Kind = {
  allowed: 'an AerospikeMetricProducer',
  // No instanceof: the producer may come from another copy of this package.
  accepts: value => {
    const { refresh, series, observe, destination } = (value ?? {}) as Readonly<
      Record<string, unknown>
    >;
    return (
      typeof refresh === 'function' &&
      typeof series === 'function' &&
      typeof observe === 'function' &&
      typeof destination === 'object'
    );
  },
  parse: () => undefined,
};

const OPTIONS: Kinds<AerospikeInstrumentationConfig> = {
  enabled: BOOLEAN,
  tracing: BOOLEAN,
  requireParentSpan: BOOLEAN,
  captureErrorMessages: BOOLEAN,
  returnedRows: BOOLEAN,
  clientMetrics: BOOLEAN,
  requestHook: FUNCTION,
  responseHook: FUNCTION,
  metricProducer: RECORDER,
};

/**
 * A name that is no option may be one of the base class, of a version that is newer than this package.
 *
 * @throws TypeError that names the option which is wrong, what was given and what is allowed
 */
export function checkConfig(config: AerospikeInstrumentationConfig): void {
  checkOptions(config, OPTIONS, { name: 'config', unknown: 'pass on unless it looks misspelled' });
}
