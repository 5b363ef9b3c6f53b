import { createServer, type Server, type Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { reportFault } from '../diagnostics';
import { say } from '../notices';
import { isReport } from './is-report';
import { isSameSecret, MeetingPlace } from './meeting-place';
import {
  isServeRequest,
  MAX_WAIT_MS,
  type ServeRequest,
  type Served,
  type TextFormat,
} from './messages';
import { BoundariesError, Contribution, MetricSums } from './metric-sums';
import type { ProcessReport } from './report';
import { Reporter } from './reporter';
import { WorkerConnection } from './worker-connection';
import type { MetricSource } from '../series/metric-source';

/** What serves the sums, in the primary. */
export interface SumsServer {
  /** @throws Error when it cannot listen there */
  serve(request: ServeRequest): Promise<Served>;
  /** Says why {@link serve} could not. */
  sayNotServed(request: ServeRequest, error: unknown): void;
  text(format: TextFormat): Promise<string>;
  stop(): Promise<void>;
}

/** How often it looks for last reports, as long as no worker is connected. */
const LOOK_MS = 1000;
/** What can still arrive of workers that have ended is a matter of moments. */
const MAX_ENDED = 1000;

/** The primary of a cluster: adds up what its workers tell. It neither keeps the process alive nor touches its workers. */
export class Primary {
  readonly sums = new MetricSums();
  private readonly server: Server;
  /** Undefined until workers can know it. */
  private secret: string | undefined;
  private readonly workers = new Set<WorkerConnection>();
  /** By worker, and not by connection: its last report comes as a file, without one. */
  private readonly contributions = new Map<string, Contribution>();
  /** What was on its way when they ended has been told by their last report already. */
  private readonly ended = new Set<string>();
  /** Workers that have asked for the metrics to be served, and have not closed that. */
  private readonly holders = new Map<WorkerConnection, number>();
  private own: { readonly contribution: Contribution; readonly reporter: Reporter } | undefined;
  private collections = 0;
  private lastRefusal: string | undefined;
  private hasServedForEnded = false;
  private readonly looking: NodeJS.Timeout;

  /**
   * @param tell says what the user is to know
   * @throws Error when there is no place where workers can find it
   */
  constructor(
    private readonly sumsServer: SumsServer,
    private readonly place = MeetingPlace.create(),
    private readonly tell: typeof say = say,
  ) {
    this.server = createServer(socket => {
      this.welcome(socket);
    });
    this.server.on('error', error => {
      reportFault('the socket for the workers of a cluster has failed', error);
      // Without a place its workers serve for themselves, and say so. A connection that fails takes no place away.
      if (!this.server.listening) place.remove();
    });
    const { socket } = place;
    this.server.listen(socket, () => {
      try {
        this.secret = place.announce(socket);
      } catch (error) {
        reportFault('the workers of a cluster could not be told where its primary is', error);
        this.close();
      }
    });
    this.server.unref();
    process.on('exit', this.removePlace);
    this.looking = setInterval(() => {
      if (this.workers.size === 0) this.addLastReports();
    }, LOOK_MS).unref();
  }

  /** Adds the metrics of this process itself, of which those that are given first are taken. */
  addOwn(source: MetricSource): void {
    this.own ??= { contribution: new Contribution(), reporter: new Reporter(source) };
  }

  /** Has every worker tell what has changed; one that does not answer in time is left at what it told last. */
  async collect(): Promise<void> {
    const collection = ++this.collections;
    await Promise.all(
      [...this.workers].map(async worker => {
        if (await worker.askForReport(collection, MAX_WAIT_MS)) return;
        if (worker.isStallTold) return;
        worker.isStallTold = true;
        this.tell('stalledWorker', worker.name);
      }),
    );
    this.addLastReports();
    await this.addOwnReport();
  }

  private async addOwnReport(): Promise<void> {
    if (this.own === undefined) return;
    const { contribution, reporter } = this.own;
    for (const report of reporter.recorded()) {
      this.sums.add(contribution, report);
      await setImmediate();
    }
    this.sums.add(contribution, reporter.read());
  }

  /** Takes no more reports, and makes room for another one. */
  close(): void {
    clearInterval(this.looking);
    this.server.close();
    for (const worker of this.workers) worker.close();
    this.removePlace();
    process.off('exit', this.removePlace);
  }

  private readonly removePlace = (): void => {
    this.place.remove();
  };

  private welcome(socket: Socket): void {
    const worker: WorkerConnection = new WorkerConnection(socket, {
      isKnown: secret => isSameSecret(this.secret, secret),
      onHello: () => this.workers.add(worker),
      onReport: report => {
        this.add(worker.id, report, worker);
      },
      onServe: async request => {
        const served = await this.sumsServer.serve(request);
        // It may have ended meanwhile, and will not close that any more.
        if (this.workers.has(worker)) {
          this.holders.set(worker, (this.holders.get(worker) ?? 0) + 1);
        }
        return served;
      },
      onCloseServer: () => this.release(worker),
      onText: format => this.sumsServer.text(format),
      isRepeated: message => this.isRepeated(message),
      onEnd: () => {
        this.workers.delete(worker);
        this.holders.delete(worker);
        this.addLastReports();
      },
    });
  }

  private async release(worker: WorkerConnection): Promise<void> {
    const holds = (this.holders.get(worker) ?? 0) - 1;
    if (holds > 0) this.holders.set(worker, holds);
    else this.holders.delete(worker);
    if (this.holders.size === 0) await this.sumsServer.stop();
  }

  /** Serves what a worker wanted that ended before it could ask; once, since others may end in the same way. */
  private serveFor(request: ServeRequest): void {
    if (this.hasServedForEnded) return;
    this.hasServedForEnded = true;
    this.sumsServer.serve(request).then(
      ({ url, isNew }) => {
        if (isNew) this.tell('servedForAll', url);
      },
      (error: unknown) => {
        if (!this.isRepeated((error as Error).message))
          this.sumsServer.sayNotServed(request, error);
      },
    );
  }

  /** Whether somebody has been told the same. */
  private isRepeated(refusal: string): boolean {
    const isRepeated = refusal === this.lastRefusal;
    this.lastRefusal = refusal;
    return isRepeated;
  }

  private add(id: string, report: ProcessReport, worker?: WorkerConnection): void {
    if (this.ended.has(id)) return;
    let contribution = this.contributions.get(id);
    if (contribution === undefined) {
      contribution = new Contribution();
      this.contributions.set(id, contribution);
    }
    try {
      this.sums.add(contribution, report);
    } catch (error) {
      if (!(error instanceof BoundariesError)) throw error;
      if (worker?.isRefusalTold !== false) return;
      worker.isRefusalTold = true;
      this.tell('otherBoundaries', worker.name, error.message);
    }
  }

  /** Adds the last reports of workers that are not connected any more, and lets go of these. */
  private addLastReports(): void {
    const connected = new Set(Array.from(this.workers, ({ id }) => id));
    for (const id of this.place.lastReports) {
      if (connected.has(id)) continue;
      const report = this.place.takeLastReport(id);
      if (!isReport(report)) continue;
      this.add(id, report);
      const { wanted } = report as { readonly wanted?: unknown };
      if (isServeRequest(wanted)) this.serveFor(wanted);
    }
    for (const [id, contribution] of this.contributions) {
      if (connected.has(id)) continue;
      this.sums.end(contribution);
      this.contributions.delete(id);
      this.ended.add(id);
    }
    for (const id of this.ended) {
      if (this.ended.size <= MAX_ENDED) break;
      this.ended.delete(id);
    }
  }
}
