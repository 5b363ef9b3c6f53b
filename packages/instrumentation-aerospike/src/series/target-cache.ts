import { nameOf } from '../aerospike/names';
import type { ServerAddress } from '../aerospike/server-address';
import { CARDINALITY_LIMIT } from './cardinality';
import { attributesOf } from './operation-attributes';
import type { Recorder } from './recorder';
import { TargetSeries, type Target } from './target-series';

/** Further ones end in the overflow set anyway. */
const MAX_TARGETS = CARDINALITY_LIMIT;
/** More than the number of status codes. */
const MAX_FAILURES = 128;

/** What a call gives as namespace, set and stored procedure: text, if it is right. */
export type Given = unknown;

type Operations = Map<string, TargetSeries>;
type Sets = Map<Given, Operations>;

/**
 * Builds the attribute sets of one server's operations once, and hands out the same ones for the same target.
 *
 * It is emptied when it is full: an application that invents set names without end then pays for building the sets
 * again, and one with fewer targets than the limit never does.
 */
export class TargetCache {
  private readonly namespaces = new Map<Given, Sets>();
  /** The namespace that was looked up last: most applications have one. */
  private lastNamespace: Given;
  private setsOfLast: Sets | undefined;
  private size = 0;

  constructor(
    private readonly server: ServerAddress,
    private readonly recorder: Recorder,
    private readonly maxTargets = MAX_TARGETS,
  ) {}

  find(namespace: Given, set: Given, operation: string, storedProcedure: Given): TargetSeries {
    // The client takes all three for "no set".
    const actualSet = set === null || set === '' ? undefined : set;
    // Kept are only targets with names that are right, so one that is found needs no look at its names.
    return (
      this.lookUp(namespace, actualSet, operation, storedProcedure) ??
      this.findNamed({
        namespace: nameOf('namespace', namespace),
        set: nameOf('set', set),
        operation,
        storedProcedure: nameOf('storedProcedure', storedProcedure),
      })
    );
  }

  private findNamed(target: Target): TargetSeries {
    const { namespace, set, operation, storedProcedure } = target;
    return this.lookUp(namespace, set, operation, storedProcedure) ?? this.add(target);
  }

  private lookUp(
    namespace: Given,
    set: Given,
    operation: string,
    storedProcedure: Given,
  ): TargetSeries | undefined {
    if (namespace !== this.lastNamespace || this.setsOfLast === undefined) {
      this.setsOfLast = this.namespaces.get(namespace);
      this.lastNamespace = namespace;
    }
    const operations = this.setsOfLast?.get(set);
    if (operations === undefined || storedProcedure === undefined)
      return operations?.get(operation);
    return typeof storedProcedure === 'string'
      ? operations.get(`${operation} ${storedProcedure}`)
      : undefined;
  }

  private add(target: Target): TargetSeries {
    if (this.size >= this.maxTargets) {
      this.namespaces.clear();
      this.setsOfLast = undefined;
      this.size = 0;
    }
    this.size++;
    const { namespace, set, operation, storedProcedure } = target;
    const attributes = attributesOf(this.server, target);
    const added = new TargetSeries(target, this.server, attributes, this.recorder, MAX_FAILURES);
    const key = storedProcedure === undefined ? operation : `${operation} ${storedProcedure}`;
    getOrCreate(getOrCreate(this.namespaces, namespace), set).set(key, added);
    return added;
  }
}

function getOrCreate<Key, NestedKey, Value>(
  map: Map<Key, Map<NestedKey, Value>>,
  key: Key,
): Map<NestedKey, Value> {
  let nested = map.get(key);
  if (nested === undefined) map.set(key, (nested = new Map<NestedKey, Value>()));
  return nested;
}
