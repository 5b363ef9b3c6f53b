export const PACKAGE_NAME = 'opentelemetry-instrumentation-aerospike';
export const PACKAGE_VERSION = '0.1.0';
