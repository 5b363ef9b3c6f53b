import type * as Api from './api';
import { Door } from './door';
import { PACKAGE_NAME } from './version';

const door = new Door(
  PACKAGE_NAME,
  ['@opentelemetry/api', '@opentelemetry/instrumentation'],
  () => require('./api') as typeof Api,
);

export const AerospikeInstrumentation = door.class('AerospikeInstrumentation');
export type AerospikeInstrumentation = Api.AerospikeInstrumentation;
export type * from './api';
