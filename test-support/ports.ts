import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';

/** A server that does nothing but take a port. */
export async function takePort(host = '127.0.0.1'): Promise<{ port: number; server: Server }> {
  const server = createServer().listen(0, host);
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, server };
}

export async function freePort(host?: string): Promise<number> {
  const { port, server } = await takePort(host);
  server.close();
  await once(server, 'close');
  return port;
}
