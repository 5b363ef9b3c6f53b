import { diag } from '@opentelemetry/api';
import { Observation } from './observation';
import type { AerospikeClient, CallReader, Operation } from './operations/operation';
import { serverAddressOf } from './operations/server-address';
import { AttributeCache } from './recording/attribute-cache';
import type { DurationHistogram } from './recording/duration-histogram';
import { PACKAGE_NAME } from './version';

/** Starts the observation of operations: finds out what they work on and where their duration is recorded. */
export class Observer {
  private readonly caches = new WeakMap<AerospikeClient, AttributeCache>();
  private isEnabled = false;

  constructor(private histogram: DurationHistogram) {}

  enable(isEnabled: boolean): void {
    this.isEnabled = isEnabled;
  }

  /** Takes the histogram of another meter for the operations that start from now on. */
  recordInto(histogram: DurationHistogram): void {
    this.histogram = histogram;
  }

  /** Starts an observation; undefined when nobody wants it, or when something unforeseen stands in its way. */
  observe(operation: Operation, self: unknown, args: readonly unknown[]): Observation | undefined {
    if (!this.isEnabled || !this.histogram.isActive) return undefined;
    try {
      const { name, target } = operation;
      const outcomes = this.cacheOf(target.client(self, args)).find({
        namespace: read(target.namespace, self, args),
        set: read(target.set, self, args),
        operation: typeof name === 'string' ? name : name(self, args),
        storedProcedure: read(target.storedProcedure, self, args),
      });
      return new Observation(operation, outcomes, this.histogram);
    } catch (error) {
      diag.error(`${PACKAGE_NAME}: an operation could not be observed`, error);
      return undefined;
    }
  }

  private cacheOf(client: AerospikeClient): AttributeCache {
    let cache = this.caches.get(client);
    if (cache === undefined) {
      cache = new AttributeCache(serverAddressOf(client));
      this.caches.set(client, cache);
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
