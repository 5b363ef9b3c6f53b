import { once } from 'node:events';
import { connect } from 'node:net';
import type { Client } from 'aerospike';

/** Starts one command and calls back when it is answered. */
export type Command = (client: Client, done: (error?: Error) => void) => void;

/** Commands per second of a client that always has so many in flight. */
export function clientRate(
  client: Client,
  command: Command,
  inFlight: number,
  durationMs: number,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    let count = 0;
    let running = inFlight;
    const next = (error?: Error): void => {
      if (error) {
        reject(error);
        return;
      }
      count++;
      const elapsed = performance.now() - start;
      if (elapsed < durationMs) command(client, next);
      else if (--running === 0) resolve((count * 1000) / elapsed);
    };
    for (let i = 0; i < inFlight; i++) command(client, next);
  });
}

/** Requests per second over one socket that always has so many of the same request on the way. */
export async function socketRate(
  port: number,
  request: Buffer,
  answerLength: number,
  inFlight: number,
  durationMs: number,
): Promise<number> {
  const socket = connect(port, '127.0.0.1').setNoDelay(true);
  await once(socket, 'connect');
  const requests = Buffer.concat(Array.from({ length: inFlight }, () => request));
  const start = performance.now();
  let received = 0;
  socket.write(requests);
  await new Promise<void>((resolve, reject) => {
    socket.on('error', reject);
    socket.on('data', (chunk: Buffer) => {
      const before = Math.floor(received / answerLength);
      received += chunk.length;
      const answered = Math.floor(received / answerLength) - before;
      if (performance.now() - start >= durationMs) resolve();
      else socket.write(requests.subarray(0, answered * request.length));
    });
  });
  const rate = (received / answerLength) * (1000 / (performance.now() - start));
  socket.destroy();
  return rate;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}
