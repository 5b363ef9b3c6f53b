import { reportFault } from './diagnostics';
import { Observation } from './observation';
import type { AerospikeClient, CallReader, Operation } from './operations/operation';
import { serverAddressOf, type ServerAddress } from './operations/server-address';
import { OutcomeCache } from './recording/outcome-cache';
import type { DurationRecorder } from './recording/recorder';
import type { SpanFactory } from './tracing/span-factory';

/** More than an application has seed hosts. */
const MAX_SERVERS = 100;

/** Starts the observation of operations: finds out what they work on, and gives them a span where one is wanted. */
export class Observer {
  private caches = new WeakMap<AerospikeClient, OutcomeCache>();
  private readonly servers = new Map<string, OutcomeCache>();
  private isEnabled = false;

  constructor(
    private recorder: DurationRecorder,
    private spans: SpanFactory,
  ) {}

  enable(isEnabled: boolean): void {
    this.isEnabled = isEnabled;
  }

  /** Takes another recorder for the operations that start from now on. */
  recordInto(recorder: DurationRecorder): void {
    this.recorder = recorder;
    this.caches = new WeakMap();
    this.servers.clear();
  }

  /** Takes the spans of operations that start from now on from another factory. */
  traceWith(spans: SpanFactory): void {
    this.spans = spans;
  }

  /** Starts an observation; undefined when nobody wants it, or when something unforeseen stands in its way. */
  observe(operation: Operation, self: unknown, args: readonly unknown[]): Observation | undefined {
    if (!this.isEnabled) return undefined;
    try {
      const isTraced = this.spans.isActive;
      if (!isTraced && !this.recorder.isActive) return undefined;
      const { name, target } = operation;
      const outcomes = this.cacheOf(target.client(self, args)).find(
        read(target.namespace, self, args),
        read(target.set, self, args),
        typeof name === 'string' ? name : name(self, args),
        read(target.storedProcedure, self, args),
      );
      const startTime = performance.now();
      const span = isTraced ? this.spans.start(operation, outcomes, args) : undefined;
      return new Observation(operation, outcomes, span, startTime);
    } catch (error) {
      reportFault('an operation could not be observed', error);
      return undefined;
    }
  }

  private cacheOf(client: AerospikeClient): OutcomeCache {
    let cache = this.caches.get(client);
    if (cache === undefined) {
      cache = this.cacheOfServer(serverAddressOf(client));
      this.caches.set(client, cache);
    }
    return cache;
  }

  /** Clients of one server share a cache: an application may make any number of them, and some it never lets go of. */
  private cacheOfServer(server: ServerAddress): OutcomeCache {
    const key = `${server.address ?? ''} ${server.port ?? ''}`;
    let cache = this.servers.get(key);
    if (cache === undefined) {
      if (this.servers.size >= MAX_SERVERS) this.servers.clear();
      cache = new OutcomeCache(server, this.recorder);
      this.servers.set(key, cache);
    }
    return cache;
  }
}

/** The client takes null, undefined and '' for "no set"; anything but text is an error that it will report itself. */
function read(
  reader: CallReader | undefined,
  self: unknown,
  args: readonly unknown[],
): string | undefined {
  const value = reader?.(self, args);
  return typeof value === 'string' && value !== '' ? value : undefined;
}
