/*
 * Lets everything go wrong that there is a scenario of, and writes what came of it into docs/reliability.md:
 * npm run reliability
 */
import { versions } from '../versions';
import { FAULTS, faultsTable } from './document';
import { SCENARIOS } from './scenarios';
import { tryOut, type Trial } from './trial';
import { WORKERS_FAULTS, workersTable } from './workers/document';
import { WORKERS_SCENARIOS } from './workers/scenarios';
import { tryOutWorkers, type WorkersTrial } from './workers/trial';

async function main(): Promise<void> {
  const trials: Trial[] = [];
  for (const scenario of SCENARIOS) {
    console.log(scenario.title);
    trials.push(await tryOut(scenario));
  }
  await FAULTS.write(`${faultsTable(trials)}\n\nWith ${versions()}.`);
  const ofWorkers: WorkersTrial[] = [];
  for (const scenario of WORKERS_SCENARIOS) {
    console.log(scenario.title);
    ofWorkers.push(await tryOutWorkers(scenario));
  }
  await WORKERS_FAULTS.write(`${workersTable(ofWorkers)}\n\nWith ${versions()}.`);
}

void main();
