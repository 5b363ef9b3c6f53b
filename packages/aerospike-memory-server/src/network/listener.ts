import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { Node } from '../node';
import type { ResolvedOptions } from '../options';
import { hostAndPort } from './address';
import { Connection } from './connection';

const IPV4_IN_IPV6 = '::ffff:';

/** Accepts connections for a node. */
export class Listener {
  readonly #server: Server;
  readonly #connections = new Set<Connection>();

  constructor(
    private readonly node: Node,
    private readonly options: ResolvedOptions,
  ) {
    this.#server = createServer(socket => {
      this.#accept(socket);
    });
    this.#server.maxConnections = options.maxConnections;
  }

  /** Resolves to the port; rejects with the system's error when it cannot be had. */
  async listen(): Promise<number> {
    const { host, port } = this.options;
    this.#server.listen({ host, port });
    await once(this.#server, 'listening');
    return (this.#server.address() as AddressInfo).port;
  }

  /** Stops listening and cuts all connections. */
  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const connection of this.#connections) connection.close();
    await closed;
  }

  #accept(socket: Socket): void {
    const address = addressOf(socket);
    const connection = new Connection(
      socket,
      frame => this.node.answer(frame, address),
      this.options.maxFrameLength,
    );
    this.#connections.add(connection);
    socket.on('close', () => {
      this.#connections.delete(connection);
    });
    socket.setTimeout(this.options.idleTimeoutMs, () => {
      connection.close();
    });
  }
}

/** Where the client reached the server, whichever address that listens on. */
function addressOf({ localAddress = '', localPort = 0 }: Socket): string {
  const host = localAddress.startsWith(IPV4_IN_IPV6)
    ? localAddress.slice(IPV4_IN_IPV6.length)
    : localAddress;
  return hostAndPort(host, localPort);
}
