import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

const HEADER_LENGTH = 8;

/** A socket that speaks frames, and anything else one may want to send to a server. */
export class WireClient {
  #received = Buffer.alloc(0);
  #isClosed = false;
  #somethingHappened: () => void = () => undefined;

  private constructor(readonly socket: Socket) {
    socket.on('data', (chunk: Buffer) => {
      this.#received = Buffer.concat([this.#received, chunk]);
      this.#somethingHappened();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.#isClosed = true;
      this.#somethingHappened();
    });
  }

  static async connect(port: number): Promise<WireClient> {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    return new WireClient(socket);
  }

  /** Resolves when the bytes are with the operating system. */
  send(bytes: Buffer): Promise<void> {
    return new Promise(resolve => {
      this.socket.write(bytes, () => {
        resolve();
      });
    });
  }

  /** The next frame, header included. */
  async receive(): Promise<Buffer> {
    for (;;) {
      const frame = this.#take();
      if (frame) return frame;
      if (this.#isClosed) throw new Error('The server closed the connection.');
      await this.#change();
    }
  }

  async request(bytes: Buffer): Promise<Buffer> {
    await this.send(bytes);
    return this.receive();
  }

  /** Resolves when the server has closed the connection. */
  async closed(): Promise<void> {
    while (!this.#isClosed) await this.#change();
  }

  close(): void {
    this.socket.destroy();
  }

  #change(): Promise<void> {
    return new Promise(resolve => {
      this.#somethingHappened = resolve;
    });
  }

  #take(): Buffer | undefined {
    if (this.#received.length < HEADER_LENGTH) return undefined;
    const length = HEADER_LENGTH + this.#received.readUIntBE(2, 6);
    if (this.#received.length < length) return undefined;
    const frame = this.#received.subarray(0, length);
    this.#received = this.#received.subarray(length);
    return frame;
  }
}
