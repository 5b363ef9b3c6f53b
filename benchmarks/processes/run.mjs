import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/**
 * Runs a script of this folder in a process of its own, so that nothing is measured in code that the engine has
 * optimised, or given up to optimise, for something else.
 *
 * @param options JSON, handed to the script
 * @param forkOptions with arguments and environment for Node.js itself
 * @returns what the script reports
 */
export async function runInProcess(script, options, forkOptions = { execArgv: ['--expose-gc'] }) {
  const file = fileURLToPath(new URL(script, import.meta.url));
  const child = fork(file, [JSON.stringify(options)], forkOptions);
  let result;
  child.on('message', message => {
    result = message;
  });
  // Its messages have been read by then.
  const [code, signal] = await once(child, 'close');
  if (result === undefined) {
    throw new Error(
      `${script} ${JSON.stringify(options)} ended with ${signal ?? code} and no result`,
    );
  }
  return result;
}

/**
 * Runs each of several processes once in every round, so that what else the machine does falls on all of them.
 *
 * @param runs by name: what starts the process
 * @returns by name: the results of all rounds
 */
export async function interleave(runs, rounds, onProgress = () => undefined) {
  const results = Object.fromEntries(Object.keys(runs).map(name => [name, []]));
  for (let round = 1; round <= rounds; round++) {
    for (const [name, run] of Object.entries(runs)) {
      onProgress(`${name}, round ${round} of ${rounds}`);
      results[name].push(await run());
    }
  }
  return results;
}
