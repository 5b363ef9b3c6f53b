import { reportFault } from '../diagnostics';
import type { ServerAttributes } from './attribute-sets';
import {
  readClient,
  type ClientReading,
  type NodeEventListener,
  type ReadableClient,
} from './reading';

/** A client that is known, and what it told last. It keeps nothing of the application's alive. */
export class TrackedClient {
  /**
   * What it told when it was last read. Undefined as long as it has never been connected, and when it is closed. That of
   * a client which the application has dropped without closing it stays: the native part keeps its connections.
   */
  reading: ClientReading | undefined;
  /** Clients that have this function in common have one native client, with one event loop for the commands of all. */
  readonly packageCopy: unknown;
  private readonly client: WeakRef<ReadableClient>;
  /** Nodes that were there when the client connected: it tells of them when it has connected. */
  private initialNodes: Set<string> | undefined;
  private hasFailed = false;

  constructor(
    client: ReadableClient,
    readonly server: ServerAttributes,
    private readonly listener: NodeEventListener,
  ) {
    this.client = new WeakRef(client);
    this.packageCopy = client.stats;
  }

  /** Listens to the events of its nodes, or not any more. */
  setListening(isListening: boolean): void {
    const client = this.client.deref();
    client?.off?.('event', this.listener);
    if (isListening) client?.on?.('event', this.listener);
  }

  read(): void {
    const client = this.client.deref();
    if (this.hasFailed) return;
    if (client === undefined) {
      // Others tell of the commands that run by now.
      if (this.reading !== undefined) this.reading = { ...this.reading, commands: {} };
      return;
    }
    try {
      this.reading = readClient(client, this.reading);
    } catch (error) {
      // It would fail at every collection.
      this.hasFailed = true;
      this.reading = undefined;
      reportFault('the state of a client could not be read', error);
    }
    if (this.reading !== undefined) this.initialNodes ??= new Set(this.reading.nodes.keys());
  }

  /** Whether an event tells of what has been there since the client connected. */
  isInitial(event: string, nodeName: string): boolean {
    const wasInitial = this.initialNodes?.delete(nodeName) === true;
    return wasInitial && event === 'nodeAdded';
  }
}
