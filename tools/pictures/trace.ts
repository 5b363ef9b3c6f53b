import { join } from 'node:path';
import { freePort, PACKAGES, Program, ROOT } from '@test/support';
import { terminal } from './terminal';

/** The picture of traces, as the tracing example's receiver prints them. */
export const TRACE_PICTURE = join(ROOT, 'docs/traces.svg');

const SERVER = join(PACKAGES['aerospike-memory-server'], 'bin/aerospike-memory-server.js');
const REQUESTS = [
  ['PUT', '/articles/1'],
  ['GET', '/articles/1'],
  ['GET', '/'],
] as const;
const ADDRESS = /listening on (http:\S+)\n/;

/**
 * Runs the tracing example, and sends it one request of each kind.
 *
 * @returns a picture of the traces that its receiver has printed
 */
export async function tracePicture(): Promise<string> {
  const example = new Program([SERVER, '--', process.execPath, 'with-receiver.js'], {
    cwd: join(ROOT, 'examples/tracing'),
    env: {
      PORT: '0',
      RECEIVER_PORT: '0',
      OTEL_EXPORTER_PROMETHEUS_PORT: String(await freePort()),
    },
  });
  try {
    const [, address = ''] = await example.printed(ADDRESS);
    for (const [method, path] of REQUESTS) {
      await (await fetch(`${address}${path}`, { method })).text();
      // The traces stand in the picture in the order of the requests.
      await example.printed(new RegExp(`^${method} ${path} .*\\n  .* ms\\n`, 'm'));
    }
    const traces = example.stdout.replace(/^(?:.*\n)*?.*listening on .*\n/, '');
    return terminal('npm run example examples/tracing', traces);
  } finally {
    await example.kill();
  }
}
