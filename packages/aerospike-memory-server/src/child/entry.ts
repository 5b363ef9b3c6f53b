import { Faults } from '../faults/faults';
import { Listener } from '../network/listener';
import { Node } from '../node';
import type { ResolvedOptions } from '../options';
import { refusals } from '../protocol/refusals';
import { compileModule } from '../udf/module';
import { describeError, STARTED, type CallAnswer, type CallRequest, type Calls } from './calls';
import { startMemoryWatch } from './memory-watch';
import { tell } from './notices';

/** Runs in the server's process: starts the node, then does what it is told. */
function main(options: ResolvedOptions): void {
  const node = new Node(options);
  const faults = new Faults();
  const listener = new Listener(
    faults.intercept((frame, address) => node.answer(frame, address)),
    options,
  );
  const calls: Calls = {
    advanceTime: seconds => {
      node.store.clock.advance(seconds);
    },
    registerUdf: ({ name, sources }) => {
      startMemoryWatch();
      node.store.udfs.modules.set(name, compileModule(name, sources));
    },
    inject: fault => {
      faults.add(fault);
    },
    reset: () => {
      faults.clear();
      listener.closeStalled();
    },
    pause: () => {
      listener.pause();
    },
    resume: () => {
      listener.resume();
    },
    kill: () => listener.close(),
    restart: async keepRecords => {
      await listener.close();
      node.restart(keepRecords);
      await listener.listen();
    },
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
  let previous = reply(STARTED, () => listener.listen());
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
process.on('warning', ({ stack, message }) => {
  tell(stack ?? message);
});
refusals.reportTo(kind => {
  tell(`refused with code 16: ${kind}`);
});
main(JSON.parse(process.argv[2] ?? '') as ResolvedOptions);
