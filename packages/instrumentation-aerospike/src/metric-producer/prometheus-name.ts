/** Name under which Prometheus gets the metric: the exporter itself adds no unit to a name. */
export const PROMETHEUS_NAME = 'db_client_operation_duration_seconds';
