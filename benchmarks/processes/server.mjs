import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const CLI = fileURLToPath(
  new URL('../../packages/aerospike-memory-server/bin/aerospike-memory-server.js', import.meta.url),
);

/**
 * Calls back with the hosts of a server in another process: those of AEROSPIKE_HOSTS, or an embedded server of its own.
 */
export async function withServer(work) {
  const { AEROSPIKE_HOSTS } = process.env;
  if (AEROSPIKE_HOSTS) return work(AEROSPIKE_HOSTS);
  const server = spawn(process.execPath, [CLI, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    return await work(await hostsOf(server));
  } finally {
    server.kill();
  }
}

/** The server says where it listens. */
async function hostsOf(server) {
  for await (const line of createInterface({ input: server.stdout })) {
    const [, hosts] = /^listening on (\S+),/.exec(line) ?? [];
    if (hosts !== undefined) return hosts;
  }
  throw new Error('The server has ended before it listened.');
}
