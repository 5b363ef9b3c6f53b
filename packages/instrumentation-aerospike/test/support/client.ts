import * as Aerospike from 'aerospike';
import type { Call, Keys } from './calls';
import { call, type Outcome, type Style } from './outcome';
import { connect, startServer, type TestServer } from './server';

/** A connected client of a test file, with a record that exists and one that does not. */
export class TestClient {
  readonly keys: Keys;
  private client: Aerospike.Client | undefined;
  private server: TestServer | undefined;

  /** @param set every test file has a set of its own */
  constructor(readonly set: string) {
    this.keys = {
      existing: new Aerospike.Key('test', set, 'existing'),
      missing: new Aerospike.Key('test', set, 'missing'),
    };
  }

  async open(): Promise<void> {
    this.server = await startServer();
    this.client = await connect(this.server);
    await this.server.provideUdfs(this.client);
  }

  async close(): Promise<void> {
    this.client?.close();
    await this.server?.stop();
  }

  get connected(): Aerospike.Client {
    if (this.client === undefined) throw new Error('the client is not open');
    return this.client;
  }

  get hosts(): string {
    if (this.server === undefined) throw new Error('the client is not open');
    return this.server.hosts;
  }

  /** `server.address` and `server.port` that operations are expected to have. */
  get serverAttributes(): Record<string, string | number> {
    const [address = '', port = ''] = (this.hosts.split(',')[0] ?? '').split(':');
    return {
      'server.address': address,
      ...(port !== '' && port !== '3000' && { 'server.port': Number(port) }),
    };
  }

  /** Puts the existing record as it is expected to be: the same generation, bins and all. */
  async reset(): Promise<void> {
    const { connected, keys } = this;
    for (const key of [keys.existing, keys.missing]) {
      if (await connected.exists(key)) await connected.remove(key);
    }
    await connected.put(keys.existing, { n: 1, s: 'text' });
  }

  make(made: Call, style: Style, client = this.connected): Promise<Outcome> {
    const receiver = made.receiver?.(client, this.keys) ?? client;
    return call(receiver, made.method, made.args(this.keys, client), style);
  }
}
