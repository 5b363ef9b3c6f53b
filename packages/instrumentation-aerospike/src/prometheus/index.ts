import { Door } from '../door';
import { PACKAGE_NAME } from '../version';
import type * as Api from './api';

const door = new Door(
  `${PACKAGE_NAME}/prometheus`,
  ['@opentelemetry/api', '@opentelemetry/sdk-metrics', '@opentelemetry/exporter-prometheus'],
  () => require('./api') as typeof Api,
);

export const AerospikePrometheusExporter = door.class('AerospikePrometheusExporter');
export type AerospikePrometheusExporter = Api.AerospikePrometheusExporter;
export const durationView = door.function('durationView', 'value');
export const getMetrics = door.function('getMetrics', 'promise');
export const startMetricsServer = door.function('startMetricsServer', 'promise');
export const stopMetricsServer = door.function('stopMetricsServer', 'promise');
export type * from './api';
