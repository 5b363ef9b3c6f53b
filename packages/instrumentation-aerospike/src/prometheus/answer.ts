import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';

/** An answer, piece by piece. */
export type Pieces = Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>;

/** How long a scraper may take to read a piece of its answer. */
const MAX_READ_MS = 10_000;

/** The answer that a connection waits for, of which there may be several in a row. */
const underWay = new WeakMap<Socket, Promise<void>>();

/**
 * Writes an answer piece by piece, each when the scraper has taken the one before, so that one that does not read costs
 * the memory of one piece. Between two pieces other work of the process gets its turn.
 *
 * @param pieces are asked for when the connection has taken all earlier answers
 * @throws Error when the scraper has gone, or takes too long
 */
export async function answer(
  response: ServerResponse,
  pieces: () => Promise<Pieces>,
): Promise<void> {
  const { socket } = response.req;
  const earlier = underWay.get(socket);
  const done = (earlier ?? Promise.resolve()).then(() => write(response, pieces));
  const settled = done.catch(() => undefined);
  underWay.set(socket, settled);
  await done;
}

async function write(response: ServerResponse, pieces: () => Promise<Pieces>): Promise<void> {
  expectOpen(response);
  for await (const piece of await pieces()) {
    // It may have closed while the piece was made, and then nobody tells that it takes more.
    expectOpen(response);
    if (!response.write(piece)) await drained(response);
    await setImmediate();
  }
  expectOpen(response);
  response.end();
}

function expectOpen({ destroyed }: ServerResponse): void {
  if (destroyed) throw new Error('the connection is closed');
}

async function drained(response: ServerResponse): Promise<void> {
  const limit = new AbortController();
  const timer = setTimeout(() => {
    limit.abort(new Error(`the scraper did not read for ${MAX_READ_MS} ms`));
  }, MAX_READ_MS).unref();
  const { signal } = limit;
  try {
    await Promise.race([once(response, 'drain', { signal }), once(response, 'close', { signal })]);
  } finally {
    clearTimeout(timer);
    limit.abort();
  }
}
