import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execFileAsync = promisify(execFile);

/** Runs npm, which need not be installed beside the Node.js that runs the tests. */
export async function npm(args: readonly string[], cwd: string): Promise<void> {
  // The variables of an outer npm, such as the workspace that it runs in, would change what this one does.
  const inherited = Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name));
  const { npm_execpath: cli = '' } = process.env;
  const [command, first] = /npm-cli\.[cm]?js$/.test(cli) ? [process.execPath, [cli]] : ['npm', []];
  await execFileAsync(command, [...first, ...args], {
    cwd,
    env: Object.fromEntries(inherited),
  });
}
