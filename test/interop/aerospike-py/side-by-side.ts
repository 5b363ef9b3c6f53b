import type { AerospikeMemoryServer } from 'aerospike-memory-server';
import { databaseOfCalls } from '../database';
import { CALLS } from '../calls';
import { countsOf, type Count } from './count';
import { Service, type ServiceName } from './service';

export type Counts = Readonly<Record<ServiceName, readonly Count[]>>;

/** A service in Node.js and one in Python, on one database. */
export class SideBySide {
  private constructor(
    private readonly database: AerospikeMemoryServer,
    readonly services: Readonly<Record<ServiceName, Service>>,
  ) {}

  static async start(python: string): Promise<SideBySide> {
    const database = await databaseOfCalls();
    const places = { database: database.port, python };
    return new SideBySide(database, {
      node: await Service.start('node', places),
      python: await Service.start('python', places),
    });
  }

  /** Does a call so many times in each. */
  async call(name: string, times: number): Promise<void> {
    for (const service of Object.values(this.services)) await this.callOne(service, name, times);
  }

  /** Does a call so many times in each, and tells as what it was counted. */
  async compare(name: string, times: number): Promise<Counts> {
    const { node, python } = this.services;
    const counts = (service: Service) =>
      countsOf(service, () => this.callOne(service, name, times));
    return { node: await counts(node), python: await counts(python) };
  }

  /** As what each counts an answer with a result code, for the codes from 1 to the last. */
  async compareCodes(last: number): Promise<Counts> {
    const { node, python } = this.services;
    return { node: await this.codesOf(node, last), python: await this.codesOf(python, last) };
  }

  async stop(): Promise<void> {
    for (const service of Object.values(this.services)) await service.stop();
    await this.database.stop();
  }

  private async codesOf(service: Service, last: number): Promise<readonly Count[]> {
    for (let code = 1; code <= last; code++) {
      await this.database.inject({ match: { set: setOfCode(code) }, resultCode: code, times: 1 });
    }
    return countsOf(service, () => service.call('get code', last));
  }

  private async callOne(service: Service, name: string, times: number): Promise<void> {
    const fault = CALLS[name]?.fault;
    if (fault) await this.database.inject(fault);
    await service.call(name, times);
    await this.database.reset();
  }
}

/** The set that the programs ask for the record whose answer has a result code. */
export function setOfCode(code: number): string {
  return `code-${code}`;
}
