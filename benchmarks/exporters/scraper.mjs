import { createServer } from 'node:http';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** In a thread of its own, as Prometheus is elsewhere: scrapes when it is told to, and tells when it has read everything. */
const SCRAPER = `
  const { parentPort } = require('node:worker_threads');
  parentPort.on('message', async ({ url, headers }) => {
    const response = await fetch(url, { headers });
    const { byteLength } = await response.arrayBuffer();
    parentPort.postMessage(byteLength);
  });
`;

/** Scrapes whatever is served at an address. */
export class Scraper {
  #worker = new Worker(SCRAPER, { eval: true });

  /** @returns how many bytes it got, unpacked */
  async scrape(url, headers = { 'accept-encoding': 'identity' }) {
    this.#worker.postMessage({ url, headers });
    const [byteLength] = await once(this.#worker, 'message');
    return byteLength;
  }
}

/** Serves what answers a request, on a free port. Its address. */
export async function serve(answer) {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${server.address().port}/metrics`;
}
