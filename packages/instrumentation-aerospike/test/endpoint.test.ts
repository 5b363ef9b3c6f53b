import assert from 'node:assert/strict';
import type { Server, Socket } from 'node:net';
import { diag } from '@opentelemetry/api';
import { Endpoint } from '../src/prometheus/endpoint';

describe('an endpoint', () => {
  it('goes on after connections that cannot be accepted, and reports them', async () => {
    const faults: unknown[] = [];
    const ignore = () => undefined;
    const logger = { warn: ignore, info: ignore, debug: ignore, verbose: ignore };
    diag.setLogger({ ...logger, error: (_what: string, fault: unknown) => faults.push(fault) });
    let server: Server | undefined;
    const endpoint = await Endpoint.open(
      { host: '127.0.0.1', port: 0, endpoint: '/metrics' },
      ({ socket }, response) => {
        ({ server } = socket as Socket & { server: Server });
        response.end('metrics');
      },
    );
    try {
      const scrape = async () => (await fetch(endpoint.url)).text();
      assert.equal(await scrape(), 'metrics');
      // As Node.js does when the system has no memory for a further socket.
      const refused = [1, 2].map(() => Object.assign(new Error('accept'), { code: 'ENOBUFS' }));
      for (const error of refused) server?.emit('error', error);
      assert.deepEqual(faults, refused);
      assert.equal(await scrape(), 'metrics');
    } finally {
      diag.disable();
      await endpoint.close();
    }
  });
});
