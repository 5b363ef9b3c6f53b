import { writeSync } from 'node:fs';
import { isMainThread, Worker, workerData } from 'node:worker_threads';

const INTERVAL_MS = 50;
/** Bytes that the process may take in addition to what it has at the start of the watch. */
const MAX_GROWTH = 2 * 1024 ** 3;
const STANDARD_ERROR = 2;

let thread: Worker | undefined;

/**
 * Watches the process from a thread of its own, which goes on while a UDF keeps the server busy. V8 bounds its heap, but
 * not what buffers take: they would take all that the machine has. And a process that is busy does not hear that the one
 * that started it has gone.
 */
export function startMemoryWatch(): void {
  thread ??= new Worker(__filename, { workerData: process.ppid });
  thread.unref();
}

function watch(parent: number): void {
  const limit = process.memoryUsage.rss() + MAX_GROWTH;
  setInterval(() => {
    const isTooLarge = process.memoryUsage.rss() > limit;
    if (isTooLarge) writeSync(STANDARD_ERROR, 'out of memory: the buffers of a UDF\n');
    if (isTooLarge || process.ppid !== parent) process.kill(process.pid, 'SIGKILL');
  }, INTERVAL_MS);
}

if (!isMainThread) watch(workerData as number);
