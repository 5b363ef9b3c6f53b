import type { Attributes } from '@opentelemetry/api';
import { reportFault } from '../diagnostics';
import { METRICS, type Metric } from '../series/metrics';
import type { ReportValue } from '../series/observed';
import { ATTR_DB_SYSTEM_NAME, DB_SYSTEM_NAME_VALUE_AEROSPIKE } from '../semconv';
import {
  AttributeSets,
  isNodeEvent,
  type NodeEvent,
  type ServerAttributes,
} from './attribute-sets';
import {
  NODE_COUNTS,
  type ClientReading,
  type NodeCount,
  type NodeEventListener,
  type ReadableClient,
} from './reading';
import { Sums } from './sums';
import { TrackedClient } from './tracked-client';

/** The metrics of {@link ClientState.observe}: all whose values come from the clients, and not from single operations. */
export const CLIENT_METRICS: readonly Metric[] = Object.values(METRICS).filter(
  ({ kind }) => kind !== 'histogram',
);

/** The metric of each count that a client keeps of a node, and whether it is one of the pool, or of the node. */
const COUNTERS: Readonly<Record<NodeCount, { metric: Metric; of: 'pool' | 'node' }>> = {
  opened: { metric: METRICS.connectionsOpened, of: 'pool' },
  closed: { metric: METRICS.connectionsClosed, of: 'pool' },
  errors: { metric: METRICS.nodeErrors, of: 'node' },
  timeouts: { metric: METRICS.nodeTimeouts, of: 'node' },
  keyBusy: { metric: METRICS.nodeKeyBusy, of: 'node' },
};

/** What clients with different servers have in common. */
const ANY_SERVER: Attributes = { [ATTR_DB_SYSTEM_NAME]: DB_SYSTEM_NAME_VALUE_AEROSPIKE };

/**
 * What the clients of a process tell of themselves. They are read when somebody collects, when their nodes change, and
 * before they are closed.
 */
export class ClientState {
  private readonly attributes = new AttributeSets();
  /** What has been counted, by whichever client and node: these sums only grow. */
  private readonly counted = new Sums();
  private readonly clients = new Set<TrackedClient>();
  private readonly known = new WeakMap<ReadableClient, TrackedClient>();
  private readonly dropped = new FinalizationRegistry<TrackedClient>(tracked => {
    if (tracked.reading === undefined) this.clients.delete(tracked);
  });

  private readonly listener = listenerOf(new WeakRef(this));
  private isListening = false;

  /** @param serverOf gives `db.system.name`, `server.address` and `server.port` of a client */
  constructor(private readonly serverOf: (client: ReadableClient) => Attributes) {}

  /** Knows the client from now on. */
  add(client: ReadableClient): void {
    this.track(client);
  }

  /** Reads a client that is about to be closed. */
  beforeClose(client: ReadableClient): void {
    this.read(this.track(client));
  }

  /** Lets go of a client that is closed. */
  afterClose(client: ReadableClient): void {
    const tracked = this.known.get(client);
    if (tracked === undefined || client.isConnected(false)) return;
    tracked.setListening(false);
    tracked.reading = undefined;
    this.clients.delete(tracked);
    this.known.delete(client);
    this.dropped.unregister(tracked);
  }

  /** Listens to the events of all clients, or not any more. */
  setListening(isListening: boolean): void {
    this.isListening = isListening;
    for (const tracked of this.clients) tracked.setListening(isListening);
  }

  /** Reads a client whose nodes have changed. */
  nodesChanged(client: ReadableClient, event: NodeEvent, nodeName: string): void {
    const tracked = this.track(client);
    this.read(tracked);
    if (tracked.reading === undefined || tracked.isInitial(event, nodeName)) return;
    this.counted.add(METRICS.nodeChanges, tracked.server.events[event], 1);
  }

  /** Reads every client, and reports {@link CLIENT_METRICS}. */
  observe(report: ReportValue): void {
    const connected: ConnectedClient[] = [];
    for (const tracked of this.clients) {
      this.read(tracked);
      const { reading, server, packageCopy } = tracked;
      if (reading !== undefined) connected.push({ reading, server, packageCopy });
    }
    const gauges = new Sums();
    this.addConnections(gauges, connected);
    this.addCommands(gauges, connected);
    addNodes(gauges, connected);
    gauges.report(report);
    this.counted.report(report);
  }

  private track(client: ReadableClient): TrackedClient {
    let tracked = this.known.get(client);
    if (tracked === undefined) {
      const server = this.attributes.ofServer(this.serverOf(client));
      tracked = new TrackedClient(client, server, this.listener);
      tracked.setListening(this.isListening);
      this.known.set(client, tracked);
      this.clients.add(tracked);
      this.dropped.register(client, tracked, tracked);
    }
    return tracked;
  }

  /** Adds what has been counted since the client was last read. */
  private read(tracked: TrackedClient): void {
    const before = tracked.reading?.nodes;
    tracked.read();
    const { server, reading } = tracked;
    if (before === undefined && reading !== undefined) this.startChanges(server);
    for (const node of reading?.nodes.values() ?? []) {
      const previous = before?.get(node.name);
      if (previous === node) continue;
      const attributes = this.attributes.ofNode(server, node.address, node.name);
      // A node that was removed and has come back since then is counted from 0 again.
      const start =
        previous !== undefined && goesOn(previous.counts, node.counts)
          ? previous.counts
          : undefined;
      for (const count of NODE_COUNTS) {
        const value = node.counts[count];
        const { metric, of } = COUNTERS[count];
        if (value !== undefined)
          this.counted.add(metric, attributes[of], value - (start?.[count] ?? 0));
      }
    }
  }

  /** Prometheus sees no growth in a counter that is 1 when it first appears, and the first change is what matters. */
  private startChanges({ events }: ServerAttributes): void {
    for (const attributes of Object.values(events)) {
      this.counted.add(METRICS.nodeChanges, attributes, 0);
    }
  }

  /** Each client has connections of its own. */
  private addConnections(gauges: Sums, connected: readonly ConnectedClient[]): void {
    for (const { reading, server } of connected) {
      for (const { address, name, idle, used } of reading.nodes.values()) {
        const attributes = this.attributes.ofNode(server, address, name);
        if (idle !== undefined) gauges.add(METRICS.connectionCount, attributes.idle, idle);
        if (used !== undefined) gauges.add(METRICS.connectionCount, attributes.used, used);
        gauges.add(METRICS.connectionMax, attributes.pool, reading.maxConnections);
      }
    }
  }

  /**
   * The commands that a client tells of are those of the one event loop that all clients of the process share. So they
   * are not added up; and where the clients have different servers, they are nobody's in particular.
   */
  private addCommands(gauges: Sums, connected: readonly ConnectedClient[]): void {
    const loops = new Map<unknown, ConnectedClient>();
    for (const client of connected) {
      if (client.reading.commands.inFlight !== undefined) loops.set(client.packageCopy, client);
    }
    const servers = new Set(connected.map(({ server }) => server));
    for (const { reading, server } of loops.values()) {
      const { inFlight, queued } =
        servers.size === 1 ? server : this.attributes.ofServer(ANY_SERVER);
      const { commands } = reading;
      if (commands.inFlight !== undefined)
        gauges.add(METRICS.commandCount, inFlight, commands.inFlight);
      if (commands.queued !== undefined) gauges.add(METRICS.commandCount, queued, commands.queued);
    }
  }
}

/** Keeps nothing alive: a client keeps its listeners. */
function listenerOf(state: WeakRef<ClientState>): NodeEventListener {
  return function (this: ReadableClient, event) {
    const { name, nodeName = '' } = (event ?? {}) as { name?: unknown; nodeName?: unknown };
    if (!isNodeEvent(name) || typeof nodeName !== 'string') return;
    try {
      state.deref()?.nodesChanged(this, name, nodeName);
    } catch (error) {
      reportFault('a change of nodes could not be counted', error);
    }
  };
}

interface ConnectedClient {
  readonly reading: ClientReading;
  readonly server: ServerAttributes;
  readonly packageCopy: unknown;
}

type Counts = Readonly<Record<NodeCount, number | undefined>>;

function goesOn(before: Counts, after: Counts): boolean {
  return NODE_COUNTS.every(count => (after[count] ?? 0) >= (before[count] ?? 0));
}

/** Several clients know the same nodes. */
function addNodes(gauges: Sums, connected: readonly ConnectedClient[]): void {
  const nodes = new Map<ServerAttributes, Set<string>>();
  for (const { reading, server } of connected) {
    let addresses = nodes.get(server);
    if (addresses === undefined) nodes.set(server, (addresses = new Set<string>()));
    for (const { address } of reading.nodes.values()) addresses.add(address);
  }
  for (const [server, { size }] of nodes) gauges.add(METRICS.nodeCount, server.all, size);
}
