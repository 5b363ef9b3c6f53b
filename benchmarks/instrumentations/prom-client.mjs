import { Histogram } from 'prom-client';
import { BOUNDARIES } from '../boundaries.mjs';
import { wrapMethods } from './wrapped-methods.mjs';

const LABELS = [
  'db_system_name',
  'db_namespace',
  'db_collection_name',
  'db_operation_name',
  'error_type',
];

/** A histogram of prom-client with the five labels that aerospike-py has. */
export function newHistogram(boundaries) {
  return new Histogram({
    name: 'db_client_operation_duration_seconds',
    help: 'Duration of database client operations.',
    labelNames: LABELS,
    buckets: [...boundaries],
  });
}

export function observe(histogram, { ns, set }, operation, seconds, error) {
  histogram.observe(
    {
      db_system_name: 'aerospike',
      db_namespace: ns,
      db_collection_name: set,
      db_operation_name: operation,
      error_type: error === undefined ? '' : error.constructor.name,
    },
    seconds,
  );
}

export function create() {
  const histogram = newHistogram(BOUNDARIES);
  const start = (operation, key) => {
    const startTime = performance.now();
    return error => {
      observe(histogram, key, operation, (performance.now() - startTime) / 1000, error);
    };
  };
  return {
    instrument: aerospike => {
      wrapMethods(aerospike, start);
    },
    async durations() {
      const { values } = await histogram.get();
      return values
        .filter(({ metricName }) => metricName.endsWith('_count'))
        .reduce((sum, { value }) => sum + value, 0);
    },
  };
}
