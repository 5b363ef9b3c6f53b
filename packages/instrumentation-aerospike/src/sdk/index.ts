import './required-packages';

export {
  AerospikeMetricProducer,
  PROMETHEUS_NAME,
  type AerospikeMetricProducerOptions,
} from './aerospike-metric-producer';
