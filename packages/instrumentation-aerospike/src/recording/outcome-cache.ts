import type { Attributes } from '@opentelemetry/api';
import type { ServerAddress } from '../operations/server-address';
import {
  ATTR_DB_COLLECTION_NAME,
  ATTR_DB_NAMESPACE,
  ATTR_DB_OPERATION_NAME,
  ATTR_DB_STORED_PROCEDURE_NAME,
  ATTR_DB_SYSTEM_NAME,
  ATTR_SERVER_ADDRESS,
  ATTR_SERVER_PORT,
  DB_SYSTEM_NAME_VALUE_AEROSPIKE,
} from '../semconv';
import type { DurationRecorder } from './recorder';
import { TargetOutcomes, type OperationTarget } from './target-outcomes';

/** As many targets as the SDK keeps attribute sets by default: further ones end in its overflow set anyway. */
const MAX_TARGETS = 2000;
/** More than the number of status codes. */
const MAX_FAILURES = 128;

type Operations = Map<string, TargetOutcomes>;
type Sets = Map<string | undefined, Operations>;

/**
 * Builds the attribute sets of one server's operations once, and hands out the same ones for the same target.
 *
 * It is emptied when it is full: an application that invents set names without end then pays for building the sets
 * again, and one with fewer targets than the limit never does.
 */
export class OutcomeCache {
  private readonly namespaces = new Map<string | undefined, Sets>();
  private size = 0;

  constructor(
    private readonly server: ServerAddress,
    private readonly recorder: DurationRecorder,
    private readonly maxTargets = MAX_TARGETS,
  ) {}

  find(
    namespace: string | undefined,
    set: string | undefined,
    operation: string,
    storedProcedure: string | undefined,
  ): TargetOutcomes {
    const key = storedProcedure === undefined ? operation : `${operation} ${storedProcedure}`;
    return (
      this.namespaces.get(namespace)?.get(set)?.get(key) ??
      this.add(key, { namespace, set, operation, storedProcedure })
    );
  }

  private add(key: string, target: OperationTarget): TargetOutcomes {
    if (this.size >= this.maxTargets) {
      this.namespaces.clear();
      this.size = 0;
    }
    this.size++;
    const attributes = attributesOf(this.server, target);
    const outcomes = new TargetOutcomes(target, attributes, this.recorder, MAX_FAILURES);
    const sets = getOrCreate(this.namespaces, target.namespace);
    getOrCreate(sets, target.set).set(key, outcomes);
    return outcomes;
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

function attributesOf(server: ServerAddress, target: OperationTarget): Attributes {
  const attributes = {
    [ATTR_DB_SYSTEM_NAME]: DB_SYSTEM_NAME_VALUE_AEROSPIKE,
    [ATTR_DB_NAMESPACE]: target.namespace,
    [ATTR_DB_COLLECTION_NAME]: target.set,
    [ATTR_DB_OPERATION_NAME]: target.operation,
    [ATTR_DB_STORED_PROCEDURE_NAME]: target.storedProcedure,
    [ATTR_SERVER_ADDRESS]: server.address,
    [ATTR_SERVER_PORT]: server.port,
  };
  // Not every exporter leaves out an attribute that is undefined.
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined));
}
