import { pause } from '@example/aerospike-demo/build/src/interruption';
import type { AerospikeMemoryServer } from 'aerospike-memory-server';

/** Something that goes wrong with the server for a while. */
interface Fault {
  readonly name: string;
  readonly begin: (server: AerospikeMemoryServer) => Promise<void>;
  readonly end: (server: AerospikeMemoryServer) => Promise<void>;
}

/** When a fault began and ended, in seconds from the start. */
export interface FaultPeriod {
  readonly name: string;
  readonly begin: number;
  readonly end: number;
}

const reset = (server: AerospikeMemoryServer) => server.reset();

const FAULTS: readonly Fault[] = [
  { name: 'late answers', begin: server => server.inject({ latencyMs: 50 }), end: reset },
  { name: 'no answers', begin: server => server.inject({ stall: true }), end: reset },
  { name: 'key busy', begin: server => server.inject({ resultCode: 14 }), end: reset },
  { name: 'connections cut', begin: server => server.inject({ drop: true }), end: reset },
  { name: 'half an answer', begin: server => server.inject({ drop: 'half' }), end: reset },
  { name: 'server stopped', begin: server => server.pause(), end: server => server.resume() },
  { name: 'server killed', begin: server => server.kill(), end: server => server.restart() },
];

const MAX_PAUSE_MS = 10_000;
const MAX_FAULT_MS = 2000;

/** Lets one thing after the other go wrong until the signal is given, and sets it right again. */
export async function runFaults(
  server: AerospikeMemoryServer,
  durationMs: number,
  now: () => number,
  stop: AbortSignal,
): Promise<FaultPeriod[]> {
  const periods: FaultPeriod[] = [];
  // Each comes at least twice, however short the run is.
  const roundMs = durationMs / FAULTS.length / 2;
  for (const fault of inTurn(FAULTS)) {
    if (!(await pause(Math.min(roundMs * 0.7, MAX_PAUSE_MS), stop))) break;
    const begin = now();
    await fault.begin(server);
    await pause(Math.min(roundMs * 0.3, MAX_FAULT_MS), stop);
    await fault.end(server);
    periods.push({ name: fault.name, begin, end: now() });
  }
  return periods;
}

/** All of them, over and over. */
function* inTurn<Item>(items: readonly Item[]): Generator<Item, never> {
  for (;;) yield* items;
}
