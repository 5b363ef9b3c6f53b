import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import Aerospike from 'aerospike';
import { AerospikeMemoryServer } from '../src';
import { WireClient } from '../test/support/wire-client';
import { get, put } from '../test/support/requests';
import { clientRate, median, socketRate, type Command } from './load';

const IN_FLIGHT = 64;
const ROUNDS = 7;
const ROUND_MS = 1000;

/** A round is a measurement, however busy the machine is. */
const patience = { totalTimeout: 60_000, socketTimeout: 60_000 };
const policies = {
  read: new Aerospike.ReadPolicy(patience),
  write: new Aerospike.WritePolicy(patience),
};
const key = new Aerospike.Key('test', 'bench', 'key');
const bins = { i: 1, s: 'some text' };

const COMMANDS: Readonly<Record<string, Command>> = {
  get: (client, done) => {
    client.get(key, done);
  },
  put: (client, done) => {
    client.put(key, bins, done);
  },
};

/** The bytes with which the server answers such a command, for the canned server to repeat. */
const REQUESTS: Readonly<Record<string, Buffer>> = { get: get('bench'), put: put('bench', 1) };

interface Measurement {
  readonly what: string;
  readonly measure: () => Promise<number>;
}

/** One round of each in turn, so that what else the machine does falls on all of them. */
async function measureAll(measurements: readonly Measurement[]): Promise<void> {
  const rates = measurements.map((): number[] => []);
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [i, { measure }] of measurements.entries()) {
      const rate = await measure();
      // The first round warms up.
      if (round > 0) rates[i]?.push(rate);
    }
  }
  const limits = rates[0] ?? [];
  for (const [i, { what }] of measurements.entries()) {
    const own = rates[i] ?? [];
    const ratio = median(own.map((rate, round) => rate / (limits[round] ?? NaN)));
    const perSecond = Math.round(median(own)).toLocaleString('en').padStart(9);
    console.log(`${what.padEnd(28)} ${perSecond} /s  ${ratio.toFixed(2)}`);
  }
}

async function startCanned(answer: Buffer): Promise<{ worker: Worker; hosts: string }> {
  const worker = new Worker(join(__dirname, 'canned-server.js'), { workerData: answer });
  const [port] = (await once(worker, 'message')) as [number];
  return { worker, hosts: `127.0.0.1:${port}` };
}

async function compare(name: string, command: Command, request: Buffer): Promise<void> {
  const server = await AerospikeMemoryServer.create();
  const wire = await WireClient.connect(server.port);
  await wire.request(put('bench', 1));
  const answer = await wire.request(request);
  const canned = await startCanned(answer);
  const client = await Aerospike.connect({ policies, hosts: server.hosts });
  const clientOfCanned = await Aerospike.connect({ policies, hosts: canned.hosts });
  await client.put(key, bins);
  await measureAll([
    {
      what: `${name}: client, any answer`,
      measure: () => clientRate(clientOfCanned, command, IN_FLIGHT, ROUND_MS),
    },
    {
      what: `${name}: client, this server`,
      measure: () => clientRate(client, command, IN_FLIGHT, ROUND_MS),
    },
    {
      what: `${name}: one socket, this server`,
      measure: () => socketRate(server.port, request, answer.length, IN_FLIGHT, ROUND_MS),
    },
  ]);
  clientOfCanned.close();
  client.close();
  wire.close();
  await canned.worker.terminate();
  await server.stop();
}

async function main(): Promise<void> {
  for (const [name, command] of Object.entries(COMMANDS)) {
    await compare(name, command, REQUESTS[name] ?? Buffer.alloc(0));
  }
}

void main();
