import { once } from 'node:events';
import * as Aerospike from 'aerospike';
import { KEY, makeCalls, ONCE, SET, SHORT, startCalls } from '../commands';
import type { Scenario, World } from '../scenario';

const TIMES = 50;

/** Each call has a callback that throws, and nothing catches the error. */
async function throwInCallbacks({ calls, client }: World): Promise<void> {
  const policy = new Aerospike.ReadPolicy(ONCE);
  for (let time = 0; time < TIMES; time++) {
    const uncaught = once(process, 'uncaughtException');
    void calls.callback('get', done => {
      client.get(KEY, policy, error => {
        done(error);
        throw new Error('thrown by the application');
      });
    });
    await uncaught;
  }
}

/** Nothing handles the rejections of these calls. */
async function leaveRejectionsUnhandled({ calls, client }: World): Promise<void> {
  const missing = new Aerospike.Key('test', SET, 'missing');
  const policy = new Aerospike.ReadPolicy(ONCE);
  for (let time = 0; time < TIMES; time++) {
    const unhandled = once(process, 'unhandledRejection');
    void calls.promise('get', () => {
      const promise = client.get(missing, policy);
      void promise.then(() => undefined);
      return promise;
    });
    await unhandled;
  }
}

/** abort() ends the stream; the error comes later, when nothing listens any more. */
async function abortScans({ server, calls, client }: World): Promise<void> {
  await server.inject({ match: { command: 'query' }, stall: true });
  const errors: Promise<unknown>[] = [];
  const ends = Array.from({ length: TIMES }, () =>
    calls.stream('scan', () => {
      const stream = client.scan('test', SET).foreach(new Aerospike.ScanPolicy(SHORT));
      // once(stream, 'end') would also reject when the stream emits 'error'.
      errors.push(new Promise(resolve => stream.once('error', resolve)));
      stream.abort();
      return stream;
    }),
  );
  await Promise.all([...ends, ...errors]);
  await server.reset();
}

/** Every listener of a scan makes calls, and aborts the scan. */
async function callWithinCallbacks(world: World): Promise<void> {
  const { calls, client } = world;
  const nested: Promise<unknown>[] = [];
  await calls.stream('scan', () => {
    const stream = client.scan('test', SET).foreach();
    stream.on('data', () => {
      nested.push(...startCalls(world, 2, ONCE));
      stream.abort();
    });
    return stream;
  });
  await Promise.all(nested);
}

/** A client of its own for each call, never to be used again. */
async function callOnClosedClients({ server, calls }: World): Promise<void> {
  for (let time = 0; time < TIMES; time++) {
    const client = await Aerospike.connect({ hosts: server.hosts });
    client.close();
    await calls.promise('get', () => client.get(KEY));
    await calls.callback('put', done => {
      client.put(KEY, { n: 1 }, done);
    });
  }
}

type Method = (...args: never[]) => never;

/** A subclass with a method of its own in front of the client's. */
async function callSubclass(world: World): Promise<void> {
  class Subclass extends Aerospike.Client {
    override get(...args: never[]): never {
      const parent = Aerospike.Client.prototype as unknown as { get: Method };
      return parent.get.apply(this, args);
    }
  }
  const client = new Subclass({ hosts: world.server.hosts });
  await client.connect();
  await makeCalls({ ...world, client }, 10, ONCE);
  client.close();
}

/** Unusual things that an application can do. */
export const APPLICATION: readonly Scenario[] = [
  { title: 'Callbacks throw', outcomes: ['ok'], run: throwInCallbacks },
  { title: 'Rejections are not handled', outcomes: ['2'], run: leaveRejectionsUnhandled },
  {
    title: 'Scans are aborted while the server does not answer',
    outcomes: ['ok'],
    run: abortScans,
  },
  {
    title: 'Listeners make calls, and abort their scan',
    outcomes: ['ok'],
    run: callWithinCallbacks,
  },
  { title: 'Calls on clients that are closed', outcomes: ['-1'], run: callOnClosedClients },
  { title: 'A subclass of the client', outcomes: ['ok'], run: callSubclass },
];
