import { AerospikeMemoryServer } from 'aerospike-memory-server';
import type { WorkersScenario } from './scenario';
import { Service, type ServiceReport } from './service';

/** A scenario that has run with an application as it is, and with an instrumented one. */
export interface WorkersTrial {
  readonly scenario: WorkersScenario;
  readonly bare: ServiceReport;
  readonly instrumented: ServiceReport;
}

export async function tryOutWorkers(scenario: WorkersScenario): Promise<WorkersTrial> {
  const server = await AerospikeMemoryServer.create({ port: 0 });
  try {
    const [bare, instrumented] = await Promise.all(
      [false, true].map(isInstrumented => runService(scenario, server.hosts, isInstrumented)),
    );
    return { scenario, bare, instrumented } as WorkersTrial;
  } finally {
    await server.stop();
  }
}

async function runService(
  { run, setUp }: WorkersScenario,
  hosts: string,
  isInstrumented: boolean,
): Promise<ServiceReport> {
  const service = await Service.start(hosts, isInstrumented, setUp);
  try {
    await run(service);
    return await service.finish();
  } finally {
    await service.clear();
  }
}

/** How many calls are not in the metrics. */
export function missingOf({ calls, counted }: ServiceReport): number {
  return counted === undefined ? Infinity : calls - counted;
}
