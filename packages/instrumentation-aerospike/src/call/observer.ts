import type { AerospikeClient, Operation } from '../aerospike/operation';
import { serverAddressOf, type ServerAddress } from '../aerospike/server-address';
import { monotonicNow } from '../clock';
import { recordOf } from '../coexistence';
import { reportFault } from '../diagnostics';
import type { Recorder } from '../series/recorder';
import { TargetCache } from '../series/target-cache';
import type { SpanFactory } from '../tracing/span-factory';
import { Observation } from './observation';
import type { UnmeasuredOperations } from './unmeasured-operations';

/** More than an application has seed hosts. */
const MAX_SERVERS = 100;

/** Where what is observed goes. */
export interface Destinations {
  readonly recorder: Recorder;
  readonly spans: SpanFactory;
  /** Whether the number of rows that operations return is recorded. */
  readonly returnedRows: boolean;
}

/** Starts the observation of operations: finds out what they work on, and whether anybody wants to know. */
export class Observer {
  private caches = new WeakMap<AerospikeClient, TargetCache>();
  private readonly servers = new Map<string, TargetCache>();
  private isEnabled = false;

  /**
   * @param onClient is told of each client whose operations are observed, at its first one at the latest
   * @param unmeasured is told of operations that nobody measures or traces
   */
  constructor(
    private destinations: Destinations,
    private readonly onClient: (client: AerospikeClient) => void,
    private readonly unmeasured: UnmeasuredOperations,
  ) {}

  setEnabled(isEnabled: boolean): void {
    this.isEnabled = isEnabled;
  }

  /** Sends the operations that start from now on elsewhere. */
  sendTo(destinations: Destinations): void {
    const hasOtherSeries = destinations.recorder !== this.destinations.recorder;
    this.destinations = destinations;
    if (!hasOtherSeries) return;
    this.caches = new WeakMap();
    this.servers.clear();
  }

  /** Starts an observation; undefined when nobody wants it, or when something unforeseen stands in its way. */
  observe(
    operation: Operation,
    method: string,
    self: unknown,
    args: readonly unknown[],
  ): Observation | undefined {
    if (!this.isEnabled) return undefined;
    try {
      const isMeasured = this.destinations.recorder.refresh();
      // Read only now: refresh() can have sent everything elsewhere.
      const { spans, returnedRows } = this.destinations;
      const isTraced = spans.isActive;
      if (!isMeasured && !isTraced) {
        this.unmeasured.onUnmeasured();
        return undefined;
      }
      if (!isTraced && spans.isWanted) this.unmeasured.onUntraced();
      const { name, target } = operation;
      const targetSeries = this.cacheOf(target.client(self, args)).find(
        target.namespace?.(self, args),
        target.set?.(self, args),
        typeof name === 'string' ? name : name(self, args),
        target.storedProcedure?.(self, args),
      );
      const record = recordOf(method, self);
      if (isTraced && record !== undefined) spans.addHooks(operation, targetSeries, args, record);
      return new Observation(
        operation,
        targetSeries,
        isTraced ? spans : undefined,
        returnedRows,
        record,
        monotonicNow(),
      );
    } catch (error) {
      reportFault('an operation could not be observed', error);
      return undefined;
    }
  }

  private cacheOf(client: AerospikeClient): TargetCache {
    let cache = this.caches.get(client);
    if (cache === undefined) {
      cache = this.cacheOfServer(serverAddressOf(client));
      this.caches.set(client, cache);
      this.onClient(client);
    }
    return cache;
  }

  /** Clients of one server share a cache: an application may make any number of them, and some it never lets go of. */
  private cacheOfServer(server: ServerAddress): TargetCache {
    const key = `${server.address ?? ''} ${server.port ?? ''}`;
    let cache = this.servers.get(key);
    if (cache === undefined) {
      if (this.servers.size >= MAX_SERVERS) this.servers.clear();
      cache = new TargetCache(server, this.destinations.recorder);
      this.servers.set(key, cache);
    }
    return cache;
  }
}
