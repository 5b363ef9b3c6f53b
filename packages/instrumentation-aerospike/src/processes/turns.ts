/** Tasks of which each is to have a turn of the event loop, so that together they do not block it. */
const waiting: (() => void)[] = [];

/** Does something in a turn of its own, after everything that was given before. What it does must not throw. */
export function inTurn(task: () => void): void {
  waiting.push(task);
  if (waiting.length === 1) setImmediate(next);
}

function next(): void {
  waiting[0]?.();
  waiting.shift();
  if (waiting.length > 0) setImmediate(next);
}
