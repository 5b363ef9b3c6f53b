import './required-packages';

export {
  AerospikeMetricProducer,
  type AerospikeMetricProducerOptions,
} from './aerospike-metric-producer';
export { PROMETHEUS_NAME } from './prometheus-name';
