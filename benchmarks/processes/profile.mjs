import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInProcess } from './run.mjs';

/** What is neither work nor anybody's function. */
const NO_WORK = new Set(['(root)', '(program)', '(idle)']);

/**
 * Runs a script of this folder under the profiler of Node.js.
 *
 * @returns functions with their name, their URL and the microseconds spent in each itself, without the loading of
 *   modules, the largest first
 */
export async function profileOf(script, options) {
  const folder = mkdtempSync(join(tmpdir(), 'profile-'));
  try {
    const profiler = ['--cpu-prof', '--cpu-prof-interval=200', `--cpu-prof-dir=${folder}`];
    await runInProcess(script, options, { execArgv: ['--expose-gc', ...profiler] });
    const [file] = readdirSync(folder);
    return functionsOf(JSON.parse(readFileSync(join(folder, file), 'utf8')));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function functionsOf({ nodes, samples, timeDeltas }) {
  const byNode = new Map();
  const functions = new Map();
  const byId = new Map(nodes.map(node => [node.id, node]));
  const visit = ({ id, callFrame: { functionName, url, lineNumber }, children = [] }) => {
    if (functionName === 'Module._compile') return;
    if (!NO_WORK.has(functionName)) {
      const key = `${functionName} ${url} ${lineNumber}`;
      if (!functions.has(key)) functions.set(key, { name: functionName, url, microseconds: 0 });
      byNode.set(id, functions.get(key));
    }
    for (const child of children) visit(byId.get(child));
  };
  visit(nodes[0]);
  for (const [index, id] of samples.entries()) {
    const found = byNode.get(id);
    if (found !== undefined) found.microseconds += timeDeltas[index];
  }
  return [...functions.values()].sort((a, b) => b.microseconds - a.microseconds);
}
