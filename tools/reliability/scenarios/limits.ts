import { CommandQueuePolicy, setupGlobalCommandQueue } from 'aerospike';
import { get, getUntil, ONCE, SHORT } from '../commands';
import type { Scenario, World } from '../scenario';

const AT_ONCE = 20;
const CONNECTIONS = 4;

async function getFromStalledServer(world: World): Promise<void> {
  await world.server.inject({ stall: true });
  await Promise.all(Array.from({ length: AT_ONCE }, () => get(world, SHORT)));
  await world.server.reset();
}

/** The limits that the client has of its own. */
export const LIMITS: readonly Scenario[] = [
  {
    title: 'All connections of the client are in use',
    outcomes: ['-7', '9'],
    config: { maxConnsPerNode: CONNECTIONS },
    run: getFromStalledServer,
  },
  {
    title: 'The command queue of the client is full',
    outcomes: ['-11', '9'],
    prepare() {
      setupGlobalCommandQueue(
        new CommandQueuePolicy({ maxCommandsInProcess: 5, maxCommandsInQueue: 5 }),
      );
    },
    run: getFromStalledServer,
  },
  {
    title: 'The circuit breaker of the client opens, and closes again',
    outcomes: ['-14', '-6', 'ok'],
    isChance: true,
    config: { maxErrorRate: 5, tenderInterval: 250 },
    async run(world) {
      await world.server.inject({ drop: true });
      await getUntil(world, '-14', ONCE);
      await world.server.reset();
      await getUntil(world, 'ok', ONCE);
    },
  },
];
