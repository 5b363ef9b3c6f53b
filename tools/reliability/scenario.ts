import type { Client, ConfigOptions } from 'aerospike';
import type { AerospikeMemoryServer, MemoryServerOptions } from 'aerospike-memory-server';
import type { Calls } from './calls';
import type { Readings } from './client-reading';
import type { Telemetry } from './telemetry';

/** What a scenario works with, in a process of its own. */
export interface World {
  readonly server: AerospikeMemoryServer;
  readonly client: Client;
  readonly calls: Calls;
  /** Undefined in the process that is not instrumented. */
  readonly telemetry: Telemetry | undefined;
  /** Keeps what the metrics of the client say now. Does nothing in the process that is not instrumented. */
  readonly look: (moment: string) => Promise<void>;
}

/** Something that the metrics of the client show. */
export interface Sign {
  /** For the title of a test: `the metrics of the client show …`. */
  readonly what: string;
  readonly isShown: (readings: Readings) => boolean;
  /** Clients before 6.0 do not tell it. */
  readonly isSince6?: true;
}

/** Something that goes wrong, and what is expected of it. */
export interface Scenario {
  /** What goes wrong, for the reader of the table. */
  readonly title: string;
  /** Causes the fault, makes calls meanwhile, and ends the fault. It is run several times. */
  readonly run: (world: World) => Promise<void>;
  /** Every outcome that must occur, `ok` or a status code. This proves that the fault took place. */
  readonly outcomes: readonly string[];
  /** What calls may end with besides, when things happen at the same time. */
  readonly mayAlsoBe?: readonly string[];
  /** Whether chance decides how many calls end in which way. If not, each call must end as it does without us. */
  readonly isChance?: true;
  /** What the metrics of the client must show of the node that it is about. */
  readonly shows?: readonly Sign[];
  readonly config?: ConfigOptions;
  /** Default: one node. */
  readonly server?: MemoryServerOptions;
  /** Done before the client is made. */
  readonly prepare?: () => void;
  /** How the process is instrumented. Default: an SDK, registered in the usual way. */
  readonly instrument?: () => Promise<Telemetry>;
  /** What the one line on standard error is about, where the instrumented process is to say one. Default: none. */
  readonly says?: string;
  /** Nothing can be measured, because what would measure is broken. */
  readonly isUnmeasured?: true;
}
