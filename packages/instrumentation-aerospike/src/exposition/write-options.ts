import type { LabelPair } from './label-pairs';

/** How metrics are written: the options of OpenTelemetry's exporter. */
export interface WriteOptions {
  /** In front of every name, `_` included. */
  readonly prefix: string;
  /** Labels that all series of all metrics have. */
  readonly constantLabels: readonly LabelPair[];
  readonly hasScopeLabels: boolean;
  readonly hasTimestamps: boolean;
}
