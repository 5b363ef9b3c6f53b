import type { Socket } from 'node:net';
import { FrameError, FrameReader, type Frame } from '../protocol/frame';
import type { Interruption, Step } from './step';

/** A client's socket: frames are answered in the order in which they come. */
export class Connection {
  readonly #requests: FrameReader;
  /** What is left to do for the answer that is being given. */
  #answer: Iterator<Step, unknown> | undefined;
  /** Set while an answer waits for its time. */
  #timer: NodeJS.Timeout | undefined;
  #isPaused = false;
  #isStalled = false;

  constructor(
    private readonly socket: Socket,
    private readonly answer: (frame: Frame) => Iterable<Step>,
    maxFrameLength: number,
  ) {
    this.#requests = new FrameReader(maxFrameLength);
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => {
      // After a command that is never answered, no later one is answered either.
      if (this.#isStalled) return;
      this.#requests.push(chunk);
      this.#serve();
    });
    // Other connections first: a client that reads fast would get its long answer to the end before they get anything.
    socket.on('drain', () => {
      setImmediate(() => {
        this.#serve();
      });
    });
    socket.on('close', () => {
      clearTimeout(this.#timer);
    });
    // The client went away; 'close' follows, and there is nobody to tell.
    socket.on('error', () => undefined);
  }

  /** Whether a command was left unanswered for good, and with it all that come after it. */
  get isStalled(): boolean {
    return this.#isStalled;
  }

  close(): void {
    this.socket.destroy();
  }

  /** Neither reads nor answers until it is resumed. */
  pause(): void {
    this.#isPaused = true;
    this.socket.pause();
  }

  resume(): void {
    this.#isPaused = false;
    this.#serve();
  }

  /** Answers what has arrived, in one write, and reads on; pauses while the client does not take its answers. */
  #serve(): void {
    const { socket } = this;
    if (!socket.writable || this.#isPaused || this.#timer) return;
    socket.cork();
    try {
      while (!socket.writableNeedDrain) {
        const step = this.#isStalled ? undefined : this.#nextStep();
        if (step === undefined) {
          if (socket.isPaused()) socket.resume();
          return;
        }
        if (Buffer.isBuffer(step)) socket.write(step);
        else {
          this.#interrupt(step);
          return;
        }
      }
      socket.pause();
    } catch (error) {
      if (!(error instanceof FrameError)) process.emitWarning(error as Error);
      // Not the protocol: where the next frame would start is unknown, so the connection is of no more use.
      this.#closeWhenSent();
    } finally {
      socket.uncork();
    }
  }

  /** What is to be done next; undefined when everything that was asked is answered. */
  #nextStep(): Step | undefined {
    for (;;) {
      const next = this.#answer?.next();
      if (next && !next.done) return next.value;
      const request = this.#requests.next();
      this.#answer = request && this.answer(request)[Symbol.iterator]();
      if (!this.#answer) return undefined;
    }
  }

  #interrupt(how: Interruption): void {
    if (how === 'close') this.#closeWhenSent();
    else if (how === 'stall') {
      this.#isStalled = true;
      // Read on, if only to hear that the client has gone.
      this.socket.resume();
    } else {
      this.socket.pause();
      this.#timer = setTimeout(() => {
        this.#timer = undefined;
        this.#serve();
      }, how.waitMs);
    }
  }

  #closeWhenSent(): void {
    this.socket.pause();
    this.socket.destroySoon();
  }
}
