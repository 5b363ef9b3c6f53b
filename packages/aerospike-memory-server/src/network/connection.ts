import type { Socket } from 'node:net';
import { FrameError, FrameReader, type Frame } from '../protocol/frame';

/** A client's socket: frames are answered in the order in which they come. */
export class Connection {
  readonly #requests: FrameReader;
  /** What is left to send of the answer that is being given. */
  #answer: Iterator<Buffer, unknown> | undefined;

  constructor(
    private readonly socket: Socket,
    private readonly answer: (frame: Frame) => Iterable<Buffer>,
    maxFrameLength: number,
  ) {
    this.#requests = new FrameReader(maxFrameLength);
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => {
      this.#requests.push(chunk);
      this.#serve();
    });
    // Other connections come first: a client that reads fast would have a long answer to the end before theirs.
    socket.on('drain', () => {
      setImmediate(() => {
        if (!socket.destroyed) this.#serve();
      });
    });
    // The client went away; 'close' follows, and there is nobody to tell.
    socket.on('error', () => undefined);
  }

  close(): void {
    this.socket.destroy();
  }

  /** Answers what has arrived, in one write, and reads on; pauses while the client does not take its answers. */
  #serve(): void {
    const { socket } = this;
    socket.cork();
    try {
      while (!socket.writableNeedDrain) {
        const frame = this.#nextFrame();
        if (!frame) {
          if (socket.isPaused()) socket.resume();
          return;
        }
        socket.write(frame);
      }
      socket.pause();
    } catch (error) {
      if (!(error instanceof FrameError)) process.emitWarning(error as Error);
      // Not the protocol: where the next frame would start is unknown, so the connection is of no more use.
      socket.pause();
      socket.destroySoon();
    } finally {
      socket.uncork();
    }
  }

  /** The next frame to send; undefined when everything that was asked is answered. */
  #nextFrame(): Buffer | undefined {
    for (;;) {
      const next = this.#answer?.next();
      if (next && !next.done) return next.value;
      const request = this.#requests.next();
      this.#answer = request && this.answer(request)[Symbol.iterator]();
      if (!this.#answer) return undefined;
    }
  }
}
