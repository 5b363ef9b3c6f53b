import type { Socket } from 'node:net';
import { FrameError, FrameReader, type Frame } from '../protocol/frame';

/** A client's socket: frames are answered in the order in which they come. */
export class Connection {
  readonly #frames: FrameReader;

  constructor(
    private readonly socket: Socket,
    private readonly answer: (frame: Frame) => Buffer,
    maxFrameLength: number,
  ) {
    this.#frames = new FrameReader(maxFrameLength);
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => {
      this.#frames.push(chunk);
      this.#serve();
    });
    socket.on('drain', () => {
      this.#serve();
    });
    // The client went away; 'close' follows, and there is nobody to tell.
    socket.on('error', () => undefined);
  }

  close(): void {
    this.socket.destroy();
  }

  /** Answers what has arrived, in one write, and reads on; unless the client does not take its answers. */
  #serve(): void {
    const { socket } = this;
    socket.cork();
    try {
      while (!socket.writableNeedDrain) {
        const frame = this.#frames.next();
        if (!frame) {
          if (socket.isPaused()) socket.resume();
          return;
        }
        socket.write(this.answer(frame));
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
}
