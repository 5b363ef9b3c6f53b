import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { setImmediate, setTimeout as wait } from 'node:timers/promises';
import { monotonicNow } from '../clock';
import { say } from '../notices';
import type { MetricSource } from '../series/metric-source';
import { Channel } from './channel';
import { MeetingPlace } from './meeting-place';
import {
  MAX_WAIT_MS,
  primaryMessage,
  RefusedError,
  type PrimaryMessage,
  type ServeRequest,
  type Served,
  type TextFormat,
  type WorkerMessage,
} from './messages';
import { Reporter } from './reporter';

/** How long a primary may take to make its place, counted from when the worker looks for it. */
const MAX_FIND_MS = 1000;
/** How long it may take to welcome a worker there. */
const MAX_WELCOME_MS = 10_000;
const LOOK_AGAIN_MS = 20;
/** How long what a worker has recorded may stay untold, unless it ends. */
const REPORT_MS = 1000;
/** How long a primary may take for the sums. It may have to wait itself for other workers. */
const MAX_SUMS_MS = MAX_WAIT_MS + 1000;

/** A worker of a cluster whose primary adds up what it tells. It does not keep the process alive. */
export class Worker {
  private readonly id = `${process.pid}-${randomUUID()}`;
  private readonly reporter: Reporter;
  private channel: Channel | undefined;
  private place: MeetingPlace | undefined;
  private timer: NodeJS.Timeout | undefined;
  private isLost = false;
  private requests = 0;
  /** Where it wants to be served, as long as it has not told the primary. */
  private wanted: ServeRequest | undefined;
  private readonly pending = new Map<number, Pending>();

  constructor(source: MetricSource) {
    this.reporter = new Reporter(source);
    process.on('exit', () => {
      this.writeLastReport();
    });
  }

  /** Finds the primary of this worker. @returns whether there is one that adds up */
  async findPrimary(): Promise<boolean> {
    const isFound = await this.meet();
    this.isLost ||= !isFound;
    return isFound;
  }

  /** Says what will be asked for: if this process ends before that, its last report asks for it. */
  want(request: ServeRequest): void {
    this.wanted = request;
  }

  /** @throws Error of the primary, when it cannot listen there */
  async serve(request: ServeRequest): Promise<Served> {
    this.wanted = undefined;
    return (await this.ask({ type: 'serve', ...request })) as Served;
  }

  /** Ends what {@link serve} began, unless other workers have asked for it too. */
  async closeServer(): Promise<void> {
    await this.ask({ type: 'close' });
  }

  /**
   * The sums of all workers.
   *
   * @throws Error when the primary has gone, or does not answer in time
   */
  async text(format: TextFormat): Promise<string> {
    const timeout = wait(MAX_SUMS_MS, undefined, { ref: false });
    const sums = await Promise.race([this.ask({ type: 'text', format }), timeout]);
    if (typeof sums !== 'string') throw new Error('the primary of the cluster does not answer');
    return sums;
  }

  /** Tells everything for the last time, in a file: nothing else can be done while a process ends. */
  writeLastReport(): void {
    if (this.isLost) return;
    try {
      this.place ??= MeetingPlace.find(process.ppid);
      this.place?.writeLastReport(this.id, { ...this.reporter.everything(), wanted: this.wanted });
    } catch {
      // The primary has gone too, or its folder cannot be written: what it was told last stays.
    }
  }

  /** Tells what has been recorded since the last report. */
  report(): void {
    if (this.channel?.isBusy !== false) return;
    void this.sendRecorded();
  }

  /** Each report in a turn of its own, so that many series do not block this process. */
  private async sendRecorded(): Promise<void> {
    for (const report of this.reporter.recorded()) {
      this.send({ type: 'report', report });
      await setImmediate();
    }
  }

  private async answer(collection: number): Promise<void> {
    await this.sendRecorded();
    this.send({ type: 'report', collection, report: this.reporter.read() });
  }

  private async meet(): Promise<boolean> {
    const start = monotonicNow();
    for (;;) {
      const hadPlace = this.place !== undefined;
      this.place = MeetingPlace.find(process.ppid);
      const address = this.place?.address;
      if (address !== undefined) return this.connect(address.socket, address.secret);
      // A primary that has made its place will listen there, or give it up.
      const maxMs = this.place === undefined ? MAX_FIND_MS : MAX_WELCOME_MS;
      const isGivenUp = hadPlace && this.place === undefined;
      if (isGivenUp || monotonicNow() - start > maxMs) return false;
      await wait(LOOK_AGAIN_MS, undefined, { ref: false });
    }
  }

  private connect(path: string, secret: string): Promise<boolean> {
    return new Promise(resolve => {
      const socket = connect(path);
      const timer = setTimeout(() => {
        socket.destroy();
      }, MAX_WELCOME_MS).unref();
      const channel = new Channel(
        socket,
        received => {
          const message = primaryMessage(received);
          if (message.type === 'welcome') {
            clearTimeout(timer);
            this.start(channel);
            resolve(true);
          } else {
            this.take(message);
          }
        },
        () => {
          clearTimeout(timer);
          this.lose();
          resolve(false);
        },
      );
      channel.send({ type: 'hello', secret, worker: this.id } satisfies WorkerMessage);
    });
  }

  private start(channel: Channel): void {
    this.channel = channel;
    this.report();
    this.timer = setInterval(() => {
      this.report();
    }, REPORT_MS).unref();
  }

  private take(message: PrimaryMessage): void {
    if (message.type === 'collect') {
      void this.answer(message.collection);
    } else if (message.type === 'result') {
      this.pending.get(message.id)?.resolve(message.result);
    } else if (message.type === 'error') {
      this.pending.get(message.id)?.reject(new RefusedError(message));
    }
  }

  /** The primary has gone, or will not hear of this worker: then nothing is told twice by a last report. */
  private lose(): void {
    if (this.channel !== undefined) {
      // Without its primary a worker is about to end.
      setTimeout(() => {
        if (process.connected) say('primaryGone');
      }, REPORT_MS).unref();
    }
    this.isLost = true;
    this.channel = undefined;
    clearInterval(this.timer);
    for (const { reject } of this.pending.values()) {
      reject(new Error('the primary of the cluster has gone'));
    }
  }

  private send(message: WorkerMessage): void {
    this.channel?.send(message);
  }

  private async ask(request: Question): Promise<unknown> {
    const id = ++this.requests;
    try {
      return await new Promise<unknown>((resolve, reject) => {
        if (this.isLost) throw new Error('the primary of the cluster has gone');
        this.pending.set(id, { resolve, reject });
        this.send({ ...request, id });
      });
    } finally {
      this.pending.delete(id);
    }
  }
}

interface Pending {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

type WithoutId<Message> = Message extends { readonly id: number } ? Omit<Message, 'id'> : never;
type Question = WithoutId<WorkerMessage>;
