import type { Attributes } from '@opentelemetry/api';
import {
  ATTR_AEROSPIKE_CLIENT_COMMAND_STATE,
  ATTR_AEROSPIKE_CLIENT_NODE_EVENT,
  ATTR_AEROSPIKE_NODE_NAME,
  ATTR_DB_CLIENT_CONNECTION_POOL_NAME,
  ATTR_DB_CLIENT_CONNECTION_STATE,
} from '../semconv';
import { CARDINALITY_LIMIT, OVERFLOW } from '../series/cardinality';

/** What happens to the nodes of a client, by the name of the client's event. */
export const NODE_EVENTS = {
  nodeAdded: 'added',
  nodeRemoved: 'removed',
  disconnected: 'disconnected',
} as const;

export type NodeEvent = keyof typeof NODE_EVENTS;

export function isNodeEvent(name: unknown): name is NodeEvent {
  return typeof name === 'string' && Object.hasOwn(NODE_EVENTS, name);
}

/** The attribute sets of one server, as clients are configured with it. */
export interface ServerAttributes {
  readonly all: Attributes;
  readonly inFlight: Attributes;
  readonly queued: Attributes;
  readonly events: Readonly<Record<NodeEvent, Attributes>>;
}

/** The attribute sets of one node of a server. */
export interface NodeAttributes {
  readonly idle: Attributes;
  readonly used: Attributes;
  readonly pool: Attributes;
  readonly node: Attributes;
}

/** Of servers, and of nodes. */
const MAX_SETS = CARDINALITY_LIMIT;

const OVERFLOW_NODE: NodeAttributes = {
  idle: OVERFLOW,
  used: OVERFLOW,
  pool: OVERFLOW,
  node: OVERFLOW,
};
const OVERFLOW_SERVER: ServerAttributes = {
  all: OVERFLOW,
  inFlight: OVERFLOW,
  queued: OVERFLOW,
  events: { nodeAdded: OVERFLOW, nodeRemoved: OVERFLOW, disconnected: OVERFLOW },
};

/**
 * Makes each attribute set once, so that equal ones are the same object. What is beyond the limit has one together: a
 * cluster may give each new node a new address.
 */
export class AttributeSets {
  private readonly servers = new Map<string, ServerAttributes>();
  private readonly pools = new Map<string, Omit<NodeAttributes, 'node'>>();
  private readonly nodes = new Map<string, NodeAttributes>();

  constructor(private readonly maxSets = MAX_SETS) {}

  /** @param server what all points of this server have in common */
  ofServer(server: Attributes): ServerAttributes {
    const key = JSON.stringify(server);
    if (this.servers.size >= this.maxSets && !this.servers.has(key)) return OVERFLOW_SERVER;
    return once(this.servers, key, () => {
      const withCommands = (state: string) =>
        extend(server, { [ATTR_AEROSPIKE_CLIENT_COMMAND_STATE]: state });
      const withEvent = (event: NodeEvent) =>
        extend(server, { [ATTR_AEROSPIKE_CLIENT_NODE_EVENT]: NODE_EVENTS[event] });
      return {
        all: extend(server, {}),
        inFlight: withCommands('in_flight'),
        queued: withCommands('queued'),
        events: {
          nodeAdded: withEvent('nodeAdded'),
          nodeRemoved: withEvent('nodeRemoved'),
          disconnected: withEvent('disconnected'),
        },
      };
    });
  }

  ofNode({ all }: ServerAttributes, address: string, name: string): NodeAttributes {
    const poolKey = JSON.stringify([all, address]);
    const key = `${poolKey} ${name}`;
    if (this.nodes.size >= this.maxSets && !this.nodes.has(key)) return OVERFLOW_NODE;
    return once(this.nodes, key, () => {
      // A node that comes back with another name has the same pool.
      const connections = once(this.pools, poolKey, () => {
        const pool = extend(all, { [ATTR_DB_CLIENT_CONNECTION_POOL_NAME]: address });
        const inState = (state: string) =>
          extend(pool, { [ATTR_DB_CLIENT_CONNECTION_STATE]: state });
        return { idle: inState('idle'), used: inState('used'), pool };
      });
      return {
        ...connections,
        node: extend(connections.pool, { [ATTR_AEROSPIKE_NODE_NAME]: name }),
      };
    });
  }
}

function extend(attributes: Attributes, further: Attributes): Attributes {
  return Object.freeze({ ...attributes, ...further });
}

function once<Value>(made: Map<string, Value>, key: string, make: () => Value): Value {
  let value = made.get(key);
  if (value === undefined) made.set(key, (value = make()));
  return value;
}
