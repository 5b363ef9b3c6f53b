import { requirePackages } from '../required-packages';
import { PACKAGE_NAME } from '../version';

requirePackages(`${PACKAGE_NAME}/metric-producer`, ['@opentelemetry/sdk-metrics']);
