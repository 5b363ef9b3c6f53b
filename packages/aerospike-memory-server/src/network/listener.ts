import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { ResolvedOptions } from '../options';
import type { Frame } from '../protocol/frame';
import { hostAndPort } from './address';
import { Connection } from './connection';
import type { Step } from './step';

const IPV4_IN_IPV6 = '::ffff:';

/** Answers a frame; `address` is where its client reached the server, as host:port. */
export type Answerer = (frame: Frame, address: string) => Iterable<Step>;

/** Accepts connections and has their frames answered. */
export class Listener {
  readonly #server: Server;
  readonly #connections = new Set<Connection>();
  #port: number;
  #isPaused = false;

  constructor(
    private readonly answer: Answerer,
    private readonly options: ResolvedOptions,
  ) {
    this.#port = options.port;
    this.#server = createServer(socket => {
      this.#accept(socket);
    });
    this.#server.maxConnections = options.maxConnections;
  }

  /** Resolves to the port, which stays the same from then on; rejects with the system's error when it cannot be had. */
  async listen(): Promise<number> {
    this.#server.listen({ host: this.options.host, port: this.#port });
    await once(this.#server, 'listening');
    this.#port = (this.#server.address() as AddressInfo).port;
    return this.#port;
  }

  get isListening(): boolean {
    return this.#server.listening;
  }

  /** Stops listening and cuts all connections; does nothing when it does not listen. */
  async close(): Promise<void> {
    this.#isPaused = false;
    if (!this.isListening) return;
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const connection of this.#connections) connection.close();
    await closed;
  }

  /** Goes on to accept connections, but has nothing answered until it is resumed. */
  pause(): void {
    this.#isPaused = true;
    for (const connection of this.#connections) connection.pause();
  }

  resume(): void {
    this.#isPaused = false;
    for (const connection of this.#connections) connection.resume();
  }

  /** Cuts the connections whose commands wait for an answer that will never come. */
  closeStalled(): void {
    for (const connection of this.#connections) if (connection.isStalled) connection.close();
  }

  #accept(socket: Socket): void {
    const address = addressOf(socket);
    const connection = new Connection(
      socket,
      frame => this.answer(frame, address),
      this.options.maxFrameLength,
    );
    if (this.#isPaused) connection.pause();
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
