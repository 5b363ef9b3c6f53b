import type { Client, ConfigOptions } from 'aerospike';
import type { AerospikeMemoryServer } from 'aerospike-memory-server';
import type { Calls } from './calls';
import type { Telemetry } from './telemetry';

/** What a scenario works with, in a process of its own. */
export interface World {
  readonly server: AerospikeMemoryServer;
  readonly client: Client;
  readonly calls: Calls;
  /** Undefined in the process that is not instrumented. */
  readonly telemetry: Telemetry | undefined;
}

/** Something that goes wrong, and what is expected of it. */
export interface Scenario {
  /** What goes wrong, for the reader of the table. */
  readonly title: string;
  /** Lets it go wrong, makes calls meanwhile, and sets it right again. It is done several times. */
  readonly run: (world: World) => Promise<void>;
  /** All that the application gets, as `ok` and status codes: so that it is known that it did go wrong. */
  readonly outcomes: readonly string[];
  /** How many calls end in which way is chance; otherwise each call must end as it does without us. */
  readonly isChance?: true;
  readonly config?: ConfigOptions;
  /** Done before the client is made. */
  readonly prepare?: () => void;
  /** How the process is instrumented. Default: an SDK, registered in the usual way. */
  readonly instrument?: () => Promise<Telemetry>;
  /** Nothing can be measured, since what would measure is broken. */
  readonly isUnmeasured?: true;
}
