import { reportFault } from '../diagnostics';

/** Tasks of which each is to have a turn of the event loop, so that together they do not block it. */
const waiting: (() => void)[] = [];

/** Does something in a turn of its own, after everything that was given before. A fault of it is reported. */
export function inOwnTurn(task: () => void): void {
  waiting.push(task);
  if (waiting.length === 1) setImmediate(next);
}

function next(): void {
  try {
    waiting[0]?.();
  } catch (error) {
    reportFault('a message between the processes of a cluster could not be dealt with', error);
  }
  waiting.shift();
  if (waiting.length > 0) setImmediate(next);
}
