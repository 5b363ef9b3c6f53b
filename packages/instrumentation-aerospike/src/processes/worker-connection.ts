import type { Socket } from 'node:net';
import { Channel } from './channel';
import {
  workerMessage,
  type PrimaryMessage,
  type ServeRequest,
  type Served,
  type TextFormat,
  type WorkerMessage,
} from './messages';
import type { ProcessReport } from './report';

/** What the primary does about the messages of a worker. */
export interface WorkerEvents {
  readonly isKnown: (secret: string) => boolean;
  readonly onHello: () => void;
  readonly onReport: (report: ProcessReport) => void;
  readonly onServe: (request: ServeRequest) => Promise<Served>;
  readonly onCloseServer: () => Promise<void>;
  readonly onText: (format: TextFormat) => Promise<string>;
  /** Whether another worker has been told the same. */
  readonly isRepeated: (message: string) => boolean;
  /** Called once for a worker that has said hello. */
  readonly onEnd: () => void;
}

/** How long somebody who has connected may take to prove himself. */
const MAX_HELLO_MS = 5000;

/** The primary's end of the connection to one worker. */
export class WorkerConnection {
  id = '';
  /** Whether the user has been told that it does not answer. */
  isStallTold = false;
  /** Whether the user has been told that it is not counted. */
  isRefusalTold = false;
  private readonly channel: Channel;
  private readonly awaited = new Map<number, (hasAnswered: boolean) => void>();
  private readonly helloTimer: NodeJS.Timeout;

  constructor(
    socket: Socket,
    private readonly events: WorkerEvents,
  ) {
    this.channel = new Channel(
      socket,
      message => {
        this.take(workerMessage(message));
      },
      () => {
        this.end();
      },
    );
    this.helloTimer = setTimeout(() => {
      this.channel.close();
    }, MAX_HELLO_MS).unref();
  }

  /** Its pid, for people. */
  get name(): string {
    return this.id.split('-', 1)[0] ?? '';
  }

  /**
   * Asks it for a report, and waits until that is there, or will not come any more because the worker has ended.
   *
   * @param maxMs how long at most
   * @returns false when it took longer
   */
  askForReport(collection: number, maxMs: number): Promise<boolean> {
    return new Promise(resolve => {
      const timer = setTimeout(() => {
        settle(false);
      }, maxMs).unref();
      const settle = (hasAnswered: boolean) => {
        clearTimeout(timer);
        this.awaited.delete(collection);
        resolve(hasAnswered);
      };
      this.awaited.set(collection, settle);
      this.send({ type: 'collect', collection });
    });
  }

  close(): void {
    this.channel.close();
  }

  private send(message: PrimaryMessage): void {
    this.channel.send(message);
  }

  /** @throws TypeError when the sender is not to be trusted */
  private take(message: WorkerMessage): void {
    if (message.type === 'hello') {
      if (this.id !== '' || !this.events.isKnown(message.secret)) throw new TypeError('unknown');
      clearTimeout(this.helloTimer);
      this.id = message.worker;
      this.events.onHello();
      this.send({ type: 'welcome' });
    } else if (this.id === '') {
      throw new TypeError('unknown');
    } else if (message.type === 'report') {
      this.events.onReport(message.report);
      if (message.collection !== undefined) this.awaited.get(message.collection)?.(true);
    } else if (message.type === 'serve') {
      const { id, host, port, endpoint, resource } = message;
      this.answer(id, this.events.onServe({ host, port, endpoint, resource }));
    } else if (message.type === 'close') {
      this.answer(message.id, this.events.onCloseServer());
    } else {
      this.answer(message.id, this.events.onText(message.format));
    }
  }

  private answer(id: number, result: Promise<unknown>): void {
    result.then(
      value => {
        this.send({ type: 'result', id, result: value ?? null });
      },
      (error: unknown) => {
        const { message, code } = error as NodeJS.ErrnoException;
        this.send({
          type: 'error',
          id,
          message,
          code,
          isRepeated: this.events.isRepeated(message),
        });
      },
    );
  }

  private end(): void {
    clearTimeout(this.helloTimer);
    if (this.id === '') return;
    this.events.onEnd();
    for (const settle of this.awaited.values()) settle(true);
  }
}
