import { Door } from '../door';
import { METRICS } from '../series/metrics';
import { PACKAGE_NAME } from '../version';
import type * as Api from './api';

const door = new Door(
  `${PACKAGE_NAME}/metric-producer`,
  ['@opentelemetry/api', '@opentelemetry/sdk-metrics'],
  () => require('./api') as typeof Api,
);

export const AerospikeMetricProducer = door.class('AerospikeMetricProducer');
export type AerospikeMetricProducer = Api.AerospikeMetricProducer;
export const PROMETHEUS_NAME = METRICS.operationDuration.prometheusName;
export type * from './api';
