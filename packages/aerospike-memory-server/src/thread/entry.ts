import { parentPort, workerData } from 'node:worker_threads';
import { Listener } from '../network/listener';
import { Node } from '../node';
import type { ResolvedOptions } from '../options';
import { compileModule } from '../udf/module';
import { describeError, STARTED, type CallAnswer, type CallRequest, type Calls } from './calls';

/** Runs in the server's thread: starts the node, then does what it is told. */
function main(port: NonNullable<typeof parentPort>, options: ResolvedOptions): void {
  const node = new Node(options);
  const listener = new Listener(node, options);
  const calls: Calls = {
    advanceTime: seconds => {
      node.store.clock.advance(seconds);
    },
    registerUdf: ({ name, sources }) => {
      node.store.udfs.modules.set(name, compileModule(name, sources));
    },
    stop: () => listener.close(),
  };

  async function reply(id: number, work: () => unknown): Promise<void> {
    let answer: CallAnswer;
    try {
      answer = { id, result: await work() };
    } catch (error) {
      answer = { id, error: describeError(error) };
    }
    port.postMessage(answer);
  }

  port.on('message', ({ id, name, argument }: CallRequest) => {
    const call = calls[name] as (argument: unknown) => unknown;
    void reply(id, () => call(argument));
  });
  void reply(STARTED, () => listener.listen());
}

if (parentPort) main(parentPort, workerData as ResolvedOptions);
