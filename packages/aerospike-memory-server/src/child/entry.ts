import { Cluster } from '../cluster/cluster';
import { Faults } from '../faults/faults';
import type { ResolvedOptions } from '../options';
import { refusals } from '../protocol/refusals';
import { compileModule } from '../udf/module';
import { describeError, STARTED, type CallAnswer, type CallRequest, type Calls } from './calls';
import { startMemoryWatch } from './memory-watch';
import { Nodes } from './nodes';
import { tell } from './notices';

/** Warnings that Node.js gives for its flags. The application, whose flags they are, has had them too. */
const ABOUT_FLAGS: readonly string[] = ['SecurityWarning', 'ExperimentalWarning'];

/** Runs in the server's process: starts the nodes, then does what it is told. */
function main(options: ResolvedOptions): void {
  const cluster = new Cluster(options);
  const { store } = cluster;
  const faults = new Faults();
  const nodes = new Nodes(cluster, faults, options);
  const calls: Calls = {
    advanceTime: seconds => {
      store.clock.advance(seconds);
    },
    registerUdf: ({ name, sources }) => {
      startMemoryWatch();
      store.udfs.modules.set(name, compileModule(name, sources));
    },
    inject: fault => {
      faults.add(fault);
    },
    reset: () => {
      faults.clear();
      nodes.closeStalled();
    },
    pause: node => {
      nodes.pause(node);
    },
    resume: node => {
      nodes.resume(node);
    },
    kill: node => nodes.kill(node),
    restart: async ({ node, keepRecords }) => {
      await nodes.kill(node);
      if (!keepRecords) store.clear();
      await nodes.listen(node);
    },
    addNode: () => nodes.add(),
  };

  async function reply(id: number, work: () => unknown): Promise<void> {
    let answer: CallAnswer;
    try {
      answer = { id, result: await work() };
    } catch (error) {
      answer = { id, error: describeError(error) };
    }
    process.send?.(answer);
  }

  // One after the other: a restart must not begin while a kill still goes on.
  let previous = reply(STARTED, () => nodes.listen());
  process.on('message', ({ id, name, argument }: CallRequest) => {
    const call = calls[name] as (argument: unknown) => unknown;
    previous = previous.then(() => reply(id, () => call(argument)));
  });
}

/** Only the process that started this one decides about the end: it ends when that has let go of it, or has ended. */
function obeyParentOnly(): void {
  process.on('disconnect', () => process.exit());
  // A terminal and a supervisor signal to all processes of a group.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => undefined);
  }
}

obeyParentOnly();
process.on('warning', ({ name, stack, message }) => {
  if (!ABOUT_FLAGS.includes(name)) tell(stack ?? message);
});
refusals.reportTo(kind => {
  tell(`refused with code 16: ${kind}`);
});
main(JSON.parse(process.argv[2] ?? '') as ResolvedOptions);
