import type { Attributes } from '@opentelemetry/api';
import type { ServerAddress } from '../aerospike/server-address';
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
import type { Target } from './target-series';

/** The attributes of an operation on a target, of its metrics and of its span, whatever its outcome. */
export function attributesOf(server: ServerAddress, target: Target): Attributes {
  const attributes = {
    [ATTR_DB_SYSTEM_NAME]: DB_SYSTEM_NAME_VALUE_AEROSPIKE,
    [ATTR_DB_NAMESPACE]: target.namespace,
    [ATTR_DB_COLLECTION_NAME]: target.set,
    [ATTR_DB_OPERATION_NAME]: target.operation,
    [ATTR_DB_STORED_PROCEDURE_NAME]: target.storedProcedure,
    [ATTR_SERVER_ADDRESS]: server.address,
    [ATTR_SERVER_PORT]: server.port,
  };
  // Not every exporter leaves out an attribute that is undefined. Frozen, they need no copy to be kept.
  return Object.freeze(
    Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined)),
  );
}
