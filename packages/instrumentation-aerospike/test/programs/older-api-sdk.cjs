// An SDK that somebody else registers through an older copy of the OpenTelemetry API, which newer ones do not accept.
const { metrics } = require('opentelemetry-api-1.8');
const { MeterProvider } = require('@opentelemetry/sdk-metrics');

metrics.setGlobalMeterProvider(new MeterProvider());
