import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';

const SCRAPER = fileURLToPath(new URL('../processes/scraper.mjs', import.meta.url));

/**
 * Scrapes whatever is served at an address, from a process of its own: a thread would count as CPU time of the process
 * that is scraped.
 */
export class Scraper {
  #process = fork(SCRAPER, { execArgv: [] });

  /** @returns how many bytes it got, unpacked */
  async scrape(url, headers = { 'accept-encoding': 'identity' }) {
    this.#process.send({ url, headers });
    const [byteLength] = await once(this.#process, 'message');
    return byteLength;
  }
}

/** Serves what answers a request, on a free port. Its address. */
export async function serve(answer) {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${server.address().port}/metrics`;
}
