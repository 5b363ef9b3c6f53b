import { expectOptions, optionError } from './option-error';
import type { AerospikeInstrumentationConfig } from './types';

/** What an option may be; undefined is its default. */
interface Kind {
  readonly allowed: string;
  readonly includes: (value: unknown) => boolean;
}

const BOOLEAN: Kind = { allowed: 'true or false', includes: value => typeof value === 'boolean' };

const HOOK: Kind = { allowed: 'a function', includes: value => typeof value === 'function' };

const METRIC_PRODUCER: Kind = {
  allowed: 'an AerospikeMetricProducer',
  // No instanceof: the producer may come from another copy of this package.
  includes: value => {
    const { isActive, series } = (value ?? {}) as { isActive?: unknown; series?: unknown };
    return typeof isActive === 'boolean' && typeof series === 'function';
  },
};

const OPTIONS: Readonly<Record<keyof AerospikeInstrumentationConfig, Kind>> = {
  enabled: BOOLEAN,
  tracing: BOOLEAN,
  requireParentSpan: BOOLEAN,
  captureErrorMessages: BOOLEAN,
  requestHook: HOOK,
  responseHook: HOOK,
  metricProducer: METRIC_PRODUCER,
};

/** @throws TypeError that names the option which is wrong, what was given and what is allowed */
export function checkConfig(config: AerospikeInstrumentationConfig): void {
  expectOptions(config, 'config');
  for (const [option, { allowed, includes }] of Object.entries(OPTIONS)) {
    const value = config[option as keyof AerospikeInstrumentationConfig];
    if (value !== undefined && !includes(value)) throw optionError(option, allowed, value);
  }
}
