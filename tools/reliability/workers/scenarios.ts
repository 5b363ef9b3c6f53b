import type { WorkersScenario } from './scenario';
import type { Service } from './service';

/** Calls of each worker, before and after a fault. */
const CALLS = 100;
const SHORT_LIVES = 12;

const FOR_ITSELF = /each worker serves its own metrics/;

/** Has a worker end in between. */
function around(fault: (service: Service) => Promise<void>): WorkersScenario['run'] {
  return async service => {
    await service.call(CALLS);
    await fault(service);
    await service.call(CALLS);
    await service.isCounted();
  };
}

const withoutFault = around(() => Promise.resolve());

/** What happens between the workers of a `node:cluster` and the primary that serves their metrics. */
export const WORKERS_SCENARIOS: readonly WorkersScenario[] = [
  {
    title: 'A worker ends by itself',
    ends: ['code 0'],
    run: around(service => service.end('leave')),
  },
  {
    title: 'A worker calls process.exit()',
    ends: ['code 3'],
    run: around(service => service.end('exit')),
  },
  {
    title: 'A worker fails with an uncaught error',
    ends: ['code 1'],
    run: around(service => service.end('error')),
  },
  {
    title: 'A worker gets SIGTERM',
    ends: ['SIGTERM'],
    run: around(service => service.end('signal')),
  },
  {
    title: 'A worker is killed (SIGKILL) when it has told everything',
    ends: ['SIGKILL'],
    run: around(async service => {
      await service.isCounted();
      await service.end('kill');
    }),
  },
  {
    title: `A worker is killed (SIGKILL) in the middle of a report, with up to ${CALLS} calls untold`,
    ends: ['SIGKILL'],
    missing: [0, CALLS],
    async run(service) {
      await service.call(CALLS);
      await service.isCounted();
      await service.killInReport(CALLS);
      await service.call(CALLS);
      await service.isCounted(CALLS);
    },
  },
  {
    title: 'Workers end right after their first call, one after the other',
    ends: Array.from({ length: SHORT_LIVES }, () => 'code 3'),
    run: around(service => service.liveShortly(SHORT_LIVES)),
  },
  {
    title: 'The event loop of a worker is blocked (SIGSTOP), and goes on',
    says: [/does not answer: its last known numbers are served/],
    run: around(async service => {
      await service.isCounted();
      await service.stop();
      await service.says(/does not answer/);
      await service.continue();
    }),
  },
  {
    title: 'A worker never loads the client',
    async run(service) {
      await service.call(CALLS, 'eldest');
      await service.isCounted();
    },
  },
  {
    title: 'A worker has other boundaries of buckets',
    setUp: { secondBoundaries: '1,2' },
    says: [/has other boundaries of buckets .*: it is not counted/],
    missing: [CALLS, CALLS],
    async run(service) {
      await service.call(CALLS, 'eldest');
      await service.isCounted();
      await service.call(CALLS);
      await service.says(/has other boundaries/);
      await service.isCounted(CALLS);
    },
  },
  {
    title: 'Somebody else sends to the socket of the primary',
    run: around(async service => {
      await service.isCounted();
      await service.sendToPrimary('garbage\n');
      await service.sendToPrimary('{"type":"hello","secret":"none","worker":"1"}\n');
      await service.sendToPrimary('{"type":"report","report":{"histograms":[]}}\n');
    }),
  },
  {
    title: 'The primary has not loaded this package',
    setUp: { loadedBy: 'workers only' },
    says: [FOR_ITSELF],
    run: withoutFault,
  },
  {
    title: 'There is no place for the socket of the primary',
    setUp: { hasNoPlace: true },
    says: [FOR_ITSELF],
    run: withoutFault,
  },
  {
    title: 'The port is taken',
    setUp: { isPortTaken: true },
    says: [/port … on localhost is taken: no metrics are served/],
    missing: [Infinity, Infinity],
    async run(service) {
      await service.call(CALLS);
      await service.says(/is taken/);
      await service.call(CALLS);
    },
  },
];
