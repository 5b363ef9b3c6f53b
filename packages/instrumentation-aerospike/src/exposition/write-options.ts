import type { Label } from './labels';

/** How metrics are written: the options of OpenTelemetry's exporter. */
export interface WriteOptions {
  /** In front of every name, `_` included. */
  readonly prefix: string;
  /** Labels that all series of all metrics have. */
  readonly constantLabels: readonly Label[];
  readonly hasScopeLabels: boolean;
  readonly hasTimestamps: boolean;
}
