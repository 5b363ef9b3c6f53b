/*
 * Runs one scenario: node program.js TITLE bare|instrumented. It prints what came of it as JSON, and is then expected
 * to end by itself.
 */
import { queryObjects } from 'node:v8';
import * as Aerospike from 'aerospike';
import { AerospikeMemoryServer } from 'aerospike-memory-server';
import { Calls } from './calls';
import { clientReadingIn, type ClientReading, type Readings } from './client-reading';
import { KEY, ONCE } from './commands';
import type { Scenario, World } from './scenario';
import { SCENARIOS } from './scenarios';
import { registerSdk, type Measured } from './telemetry';

/** The first rounds fill caches and create what is created once; the rounds after them must leave nothing behind. */
const WARM_UP = 1;
/** Where metrics of the client are looked at, some are made with the second client only. */
const WARM_UP_WITH_READINGS = 2;
const ROUNDS = 1;

/** What came of a scenario. */
export interface Report {
  /** What the application got, call by call. */
  readonly outcomes: readonly string[];
  readonly measured: readonly Measured[];
  /** Spans by operation and outcome; undefined where there are none. */
  readonly spans: Readonly<Record<string, number>> | undefined;
  readonly readings: Readings;
  /** The number of calls in the last rounds, and how many more objects are alive after these rounds than before. */
  readonly lastCalls: number;
  readonly objectsLeft: number;
}

/**
 * Counts the objects that are reachable after a full garbage collection. It collects until the number no longer falls,
 * because a command may still be on the stack, and closed connections are freed one by one.
 */
async function countObjects(): Promise<number> {
  for (let last = Infinity; ;) {
    const count = queryObjects(Object) as number;
    if (count >= last) return last;
    last = count;
    await new Promise(resolve => setTimeout(resolve, 10));
  }
}

/** Each round has a client of its own: after too many errors in a short time, a client refuses commands (code -14). */
async function repeat(scenario: Scenario, world: Omit<World, 'client'>, times: number) {
  for (let round = 0; round < times; round++) {
    const client = await Aerospike.connect({ ...scenario.config, hosts: world.server.hosts });
    await scenario.run({ ...world, client });
    client.close();
  }
}

async function main([title, mode]: readonly string[]): Promise<void> {
  const scenario = SCENARIOS.find(({ title: own }) => own === title);
  if (scenario === undefined) throw new Error(`there is no scenario '${title}'`);
  const { prepare, instrument = () => registerSdk() } = scenario;

  Aerospike.setDefaultLogging({ level: Aerospike.log.OFF });
  prepare?.();
  const server = await AerospikeMemoryServer.create(scenario.server);
  await putRecord(server.hosts);
  const telemetry = mode === 'instrumented' ? await instrument() : undefined;
  const readings: Record<string, ClientReading> = {};
  const look = async (moment: string) => {
    const text = await telemetry?.text?.();
    if (text !== undefined) readings[moment] = clientReadingIn(text, server.nodes);
  };
  const world = { server, calls: new Calls(), telemetry, look };

  await repeat(scenario, world, scenario.shows ? WARM_UP_WITH_READINGS : WARM_UP);
  const callsBefore = world.calls.outcomes.length;
  const objectsBefore = await countObjects();
  await repeat(scenario, world, ROUNDS);
  const objects = (await countObjects()) - objectsBefore;

  await server.stop();
  const report: Report = {
    outcomes: world.calls.outcomes,
    measured: (await telemetry?.measured()) ?? [],
    spans: telemetry?.spans?.counts,
    readings,
    lastCalls: world.calls.outcomes.length - callsBefore,
    objectsLeft: objects,
  };
  process.stdout.write(JSON.stringify(report));
}

async function putRecord(hosts: string): Promise<void> {
  const client = await Aerospike.connect({ hosts });
  await client.put(KEY, { n: 1 }, {}, new Aerospike.WritePolicy(ONCE));
  client.close();
}

void main(process.argv.slice(2));
