import type { RequestListener } from 'node:http';
import { monotonicNow } from '../clock';
import { slotOfPm2, workerId } from '../processes/role';
import { Endpoint, isPortTaken, sayNotServed, urlOf, type ScrapeAddress } from './endpoint';

/** How many ports after the configured one are for workers. */
const MAX_SLOTS = 64;
const MAX_PORT = 65535;
/** For how long a port is tried again that a process still has which is about to end. */
const MAX_TRY_MS = 60_000;
const TRY_AGAIN_MS = 1000;

/**
 * Where a process serves that may be one of several alike: at the configured port, or at one after it, so that a process
 * which takes the place of another has its port in the end.
 */
export class Slot {
  /** Undefined as long as its port is taken. */
  endpoint: Endpoint | undefined;
  private readonly closing = new AbortController();
  private readonly end = monotonicNow() + MAX_TRY_MS;

  private constructor(
    /** Where it is configured to serve. */
    private readonly address: ScrapeAddress,
    /** The ports that it may have. */
    private readonly first: number,
    private readonly last: number,
    private readonly serve: RequestListener,
    private readonly onOpened: (endpoint: Endpoint) => void,
  ) {}

  /**
   * Opens the port with the number that PM2 gives to this process. In a worker of a cluster that is the first one that
   * is free, and one before it if that becomes free within a minute; in any other process the configured one.
   *
   * @param onOpened is called with each endpoint that it has, one after the other
   * @throws EndpointError when it cannot listen. A port of PM2's number is retried for a minute, then reported
   */
  static async open(
    address: ScrapeAddress,
    serve: RequestListener,
    onOpened: (endpoint: Endpoint) => void = () => undefined,
  ): Promise<Slot> {
    const { port } = address;
    const instance = port === 0 ? undefined : slotOfPm2();
    const first = Math.min(port + (instance ?? 0), MAX_PORT);
    const further =
      port !== 0 && instance === undefined && workerId() !== undefined ? MAX_SLOTS : 0;
    const slot = new Slot(address, first, Math.min(first + further, MAX_PORT), serve, onOpened);
    try {
      slot.take(await slot.firstFree(slot.last));
    } catch (error) {
      if (instance === undefined || !isPortTaken(error)) throw error;
    }
    if (slot.port !== first || slot.endpoint === undefined) slot.trySoon();
    return slot;
  }

  get port(): number {
    return this.endpoint?.address.port ?? this.first;
  }

  get url(): string {
    return this.endpoint?.url ?? urlOf({ ...this.address, port: this.first });
  }

  /** Where it is to be opened again, once it is closed: a port that was picked is asked for. */
  get addressAgain(): ScrapeAddress {
    return this.address.port === 0 ? { ...this.address, port: this.port } : this.address;
  }

  /** Whether it may be in the way of another one. */
  mayBeAt(port: number): boolean {
    return port !== 0 && (this.address.port === port || this.port === port);
  }

  async close(): Promise<void> {
    this.closing.abort();
    await this.endpoint?.close();
  }

  private take(endpoint: Endpoint): void {
    this.endpoint = endpoint;
    this.onOpened(endpoint);
  }

  private async firstFree(last: number, port = this.first): Promise<Endpoint> {
    try {
      return await Endpoint.open({ ...this.address, port }, this.serve);
    } catch (error) {
      if (!isPortTaken(error) || port >= last) throw error;
      return this.firstFree(last, port + 1);
    }
  }

  private trySoon(): void {
    if (this.address.port === 0) return;
    setTimeout(() => {
      this.tryAgain().catch((error: unknown) => {
        if (isPortTaken(error) && monotonicNow() < this.end) this.trySoon();
        else if (this.endpoint === undefined)
          sayNotServed({ ...this.address, port: this.first }, error);
      });
    }, TRY_AGAIN_MS).unref();
  }

  private async tryAgain(): Promise<void> {
    const { endpoint: before, closing } = this;
    if (closing.signal.aborted) return;
    const endpoint = await this.firstFree(before === undefined ? this.last : this.port - 1);
    if (isAborted(closing)) {
      await endpoint.close();
      return;
    }
    this.take(endpoint);
    await before?.close();
    if (this.port !== this.first && monotonicNow() < this.end) this.trySoon();
  }
}

function isAborted({ signal }: AbortController): boolean {
  return signal.aborted;
}
