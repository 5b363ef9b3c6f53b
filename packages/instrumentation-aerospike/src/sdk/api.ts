/** What the entry `/metric-producer` exports: its types, and what is behind its door. */
export {
  AerospikeMetricProducer,
  PROMETHEUS_NAME,
  type AerospikeMetricProducerOptions,
} from './aerospike-metric-producer';
