/*
 * Lets everything go wrong that there is a scenario of, and writes what came of it into docs/reliability.md:
 * npm run reliability
 */
import { versions } from '../versions';
import { FAULTS, faultsTable } from './document';
import { SCENARIOS } from './scenarios';
import { tryOut, type Trial } from './trial';

async function main(): Promise<void> {
  const trials: Trial[] = [];
  for (const scenario of SCENARIOS) {
    console.log(scenario.title);
    trials.push(await tryOut(scenario));
  }
  await FAULTS.write(`${faultsTable(trials)}\n\nWith ${versions()}.`);
}

void main();
