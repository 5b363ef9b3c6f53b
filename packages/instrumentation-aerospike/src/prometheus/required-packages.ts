import { requirePackages } from '../required-packages';
import { PACKAGE_NAME } from '../version';

requirePackages(`${PACKAGE_NAME}/prometheus`, [
  '@opentelemetry/sdk-metrics',
  '@opentelemetry/exporter-prometheus',
]);
