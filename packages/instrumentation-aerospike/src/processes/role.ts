import type { Cluster } from 'node:cluster';
import { lazy } from '../lazy';
import { oneOf } from '../option-kinds';

/**
 * `OTEL_INSTRUMENTATION_AEROSPIKE_CLUSTER`: whether a cluster's primary serves the sums of all workers, or each worker its
 * own numbers. Default: `sum`.
 */
export const CLUSTER_MODE = oneOf(['sum', 'separate']);

export const nodeCluster = lazy(() => require('node:cluster') as Cluster);

/** The number of this worker of a cluster; undefined in any other process. */
export function workerId(): number | undefined {
  // A worker is connected to its primary, and has the module loaded by Node.js.
  return process.send === undefined ? undefined : nodeCluster().worker?.id;
}

/** The number that PM2 gives to each instance of an application, and again to the one that takes its place. */
export function slotOfPm2(): number | undefined {
  // Others give that name to a variable of theirs.
  const { NODE_APP_INSTANCE: instance = '', pm_id: id, PM2_HOME: home } = process.env;
  const isPm2 = id !== undefined || home !== undefined;
  return isPm2 && /^\d{1,4}$/.test(instance) ? Number(instance) : undefined;
}
