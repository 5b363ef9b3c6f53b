import type { Attributes } from '@opentelemetry/api';
import type { ClientState } from '../../src/client-state/client-state';
import type { ReadableClient } from '../../src/client-state/reading';
import type { Metric } from '../../src/series/metrics';

type Stats = NonNullable<ReturnType<NonNullable<ReadableClient['stats']>>>;
type NodeStats = NonNullable<Stats['nodes']>[number];

/** `stats().nodes[0]` of a client 6.7.1 after some traffic. */
const NODE_STATS = {
  syncConnections: { inPool: 1, inUse: 0, opened: 2, closed: 1, recovered: 0, aborted: 0 },
  asyncConnections: { inPool: 27, inUse: 3, opened: 40, closed: 10, recovered: 0, aborted: 0 },
  pipelineConnections: { inPool: 0, inUse: 0, opened: 0, closed: 0, recovered: 0, aborted: 0 },
  errorCount: 5,
  timeoutCount: 7,
  keyBusyCount: 1,
};

/** A client that tells what a test has it tell, for cases that no server can be brought to cause. */
export class RecordedClient implements ReadableClient {
  connected = true;
  tellsAddresses = true;
  reads = 0;
  commands: Stats['commands'] = { inFlight: 3, queued: 2 };
  readonly nodes = new Map<string, { address: string; stats: NodeStats }>();

  constructor(readonly config: { hosts: string; maxConnsPerNode?: number } = { hosts: 'a:3000' }) {}

  setNode(name: string, address: string, stats: Partial<NodeStats> = {}): void {
    this.nodes.set(name, { address, stats: { ...NODE_STATS, ...stats, name } });
  }

  isConnected(): boolean {
    return this.connected;
  }

  stats(): Stats | undefined {
    if (!this.connected) throw new Error('this ends the process');
    this.reads++;
    return {
      ...(this.commands && { commands: this.commands }),
      nodes: Array.from(this.nodes.values(), ({ stats }) => stats),
    };
  }

  getNodes(): { name: string; address: string }[] {
    if (!this.connected) throw new Error('this ends the process');
    if (!this.tellsAddresses) return [];
    return Array.from(this.nodes, ([name, { address }]) => ({ name, address }));
  }
}

/** A point: the metric's name with the attributes that are not those of the server, and its value. */
export function observed(state: ClientState): Record<string, number> {
  const points: Record<string, number> = {};
  state.observe((metric: Metric, value: number, attributes: Attributes) => {
    const own = Object.entries(attributes).filter(([name]) => !name.startsWith('db.system.'));
    const labels = own.map(([, text]) => String(text)).join(' ');
    points[`${metric.name} ${labels}`] = value;
  });
  return points;
}
