import type { Service } from './service';

/** Something that goes wrong between the workers of a cluster and its primary, and what is expected of it. */
export interface WorkersScenario {
  /** What goes wrong, for the reader of the table. */
  readonly title: string;
  /** Causes the fault, and has calls made before and after it. */
  readonly run: (service: Service) => Promise<void>;
  /** The ways in which workers end. This proves that the fault took place. */
  readonly ends?: readonly string[];
  /** What the package says on standard error, apart from where the metrics are. Default: nothing. */
  readonly says?: readonly RegExp[];
  /** How many calls may be missing from the metrics, from and to. Default: none. Infinity: no metrics are served. */
  readonly missing?: readonly [least: number, most: number];
  readonly setUp?: WorkersSetUp;
}

/** In what a service with a fault differs from others. */
export interface WorkersSetUp {
  /** Which processes load this package. Default: all of them. */
  readonly loadedBy?: 'workers only';
  /** Whether there is no place for a socket. */
  readonly hasNoPlace?: true;
  /** Whether another process has the port. */
  readonly isPortTaken?: true;
  /** Of the second worker, in seconds. */
  readonly secondBoundaries?: string;
}
