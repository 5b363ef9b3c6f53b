import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below those that systems give to whoever asks for any port, which could be taken before a set-up is started. */
const FIRST = 20_000;
const COUNT = 10_000;

/** The next one to try. Two runs at once begin at different ones. */
let next = Math.floor(Math.random() * COUNT);

/** The first of some free ports that follow one another, and that have not been given to another set-up. */
export async function freePorts(count = 1): Promise<number> {
  for (;;) {
    const first = FIRST + (next % COUNT);
    next += count;
    const ports = Array.from({ length: count }, (_, index) => first + index);
    if ((await Promise.all(ports.map(isFree))).every(Boolean)) return first;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, 'localhost');
  try {
    await once(server, 'listening');
  } catch {
    return false;
  }
  server.close();
  await once(server, 'close');
  return true;
}
