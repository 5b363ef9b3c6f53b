import { getUntil, makeCalls, ONCE, SHORT, startCalls } from '../commands';
import type { Scenario } from '../scenario';

/** A connection for every call that is made at the same time. */
const CONNECTIONS = { maxConnsPerNode: 1000 };
/** The shortest interval that the client allows, so that it soon notices what happens to the server. */
const TEND_OFTEN = { tenderInterval: 250 };

/** What happens to a server, and to the connections with it. */
export const SERVER: readonly Scenario[] = [
  {
    title: 'The server answers late',
    outcomes: ['ok'],
    config: CONNECTIONS,
    async run(world) {
      await world.server.inject({ latencyMs: 50 });
      await makeCalls(world, 10, ONCE);
      await world.server.reset();
    },
  },
  {
    title: 'The server does not answer',
    outcomes: ['9'],
    config: CONNECTIONS,
    async run(world) {
      await world.server.inject({ stall: true });
      await makeCalls(world, 10, SHORT);
      await world.server.reset();
    },
  },
  {
    title: 'The server is stopped (SIGSTOP), and goes on',
    outcomes: ['9', 'ok'],
    config: CONNECTIONS,
    async run(world) {
      await world.server.pause();
      await makeCalls(world, 5, SHORT);
      await world.server.resume();
      await makeCalls(world, 5, ONCE);
    },
  },
  {
    title: 'The server dies with 540 operations in flight',
    outcomes: ['-6'],
    config: CONNECTIONS,
    async run(world) {
      await world.server.inject({ stall: true });
      const inFlight = startCalls(world, 60, ONCE);
      await world.server.kill();
      await Promise.all(inFlight);
      await world.server.reset();
      await world.server.restart();
    },
  },
  {
    title: 'The server is down, is given up by the client, and comes back',
    outcomes: ['-6', '-8', 'ok'],
    isChance: true,
    config: TEND_OFTEN,
    async run(world) {
      await world.server.kill();
      await getUntil(world, '-8', ONCE);
      await world.server.restart();
      await getUntil(world, 'ok', ONCE);
    },
  },
  {
    title: 'Connections are cut',
    outcomes: ['-6'],
    config: CONNECTIONS,
    async run(world) {
      await world.server.inject({ drop: true });
      await makeCalls(world, 10, ONCE);
      await world.server.reset();
    },
  },
  {
    title: 'Connections are cut in the middle of an answer',
    outcomes: ['-6'],
    config: CONNECTIONS,
    async run(world) {
      await world.server.inject({ drop: 'half' });
      await makeCalls(world, 10, ONCE);
      await world.server.reset();
    },
  },
];
