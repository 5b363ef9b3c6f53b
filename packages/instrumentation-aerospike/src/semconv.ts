/*
 * Names of the OpenTelemetry semantic conventions for database client calls, stable since 1.33 unless said otherwise.
 * They stand here instead of a dependency on @opentelemetry/semantic-conventions, which takes longer to load than
 * this whole package.
 *
 * https://opentelemetry.io/docs/specs/semconv/database/database-metrics/
 */

export const ATTR_DB_SYSTEM_NAME = 'db.system.name';
export const ATTR_DB_NAMESPACE = 'db.namespace';
export const ATTR_DB_COLLECTION_NAME = 'db.collection.name';
export const ATTR_DB_OPERATION_NAME = 'db.operation.name';
export const ATTR_DB_STORED_PROCEDURE_NAME = 'db.stored_procedure.name';
export const ATTR_DB_RESPONSE_STATUS_CODE = 'db.response.status_code';
export const ATTR_DB_OPERATION_BATCH_SIZE = 'db.operation.batch.size';
export const ATTR_ERROR_TYPE = 'error.type';
export const ATTR_SERVER_ADDRESS = 'server.address';
export const ATTR_SERVER_PORT = 'server.port';

/**
 * Still in development in the conventions, which is why a copy stands here; no other name is proposed for the number of
 * records that a batch, a query or a scan returned.
 */
export const ATTR_DB_RESPONSE_RETURNED_ROWS = 'db.response.returned_rows';

/**
 * Whether the client does not know if a write was done: `AerospikeError.inDoubt`. The conventions have nothing like it,
 * so it has Aerospike's name.
 */
export const ATTR_AEROSPIKE_ERROR_IN_DOUBT = 'aerospike.error.in_doubt';

/* Names for the connections of a client, still in development in the conventions. */
export const ATTR_DB_CLIENT_CONNECTION_POOL_NAME = 'db.client.connection.pool.name';
export const ATTR_DB_CLIENT_CONNECTION_STATE = 'db.client.connection.state';

/* Names of our own, where the conventions have none. */
export const ATTR_AEROSPIKE_CLIENT_COMMAND_STATE = 'aerospike.client.command.state';
export const ATTR_AEROSPIKE_CLIENT_NODE_EVENT = 'aerospike.client.node.event';
export const ATTR_AEROSPIKE_NODE_NAME = 'aerospike.node.name';

/** Of the resource: one process among those that a service consists of. */
export const ATTR_SERVICE_INSTANCE_ID = 'service.instance.id';

/** The attribute set that OpenTelemetry has for everything beyond the limit of attribute sets. */
export const ATTR_OTEL_METRIC_OVERFLOW = 'otel.metric.overflow';

/** Value of `error.type` when nothing more specific is known. */
export const ERROR_TYPE_VALUE_OTHER = '_OTHER';

/** Value of `db.system.name`. The conventions have no well-known value for Aerospike; its name in lower case is the rule. */
export const DB_SYSTEM_NAME_VALUE_AEROSPIKE = 'aerospike';
