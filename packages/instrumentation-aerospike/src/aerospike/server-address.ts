import type { AerospikeClient } from './operation';

/** `server.address` and `server.port`: the first seed host of a client's configuration. */
export interface ServerAddress {
  readonly address: string | undefined;
  /** Left out when it is {@link DEFAULT_PORT}, as the semantic conventions ask. */
  readonly port: number | undefined;
}

export const DEFAULT_PORT = 3000;

/** `host`, `host:port` or `host:tls-name:port`, where an IPv6 host stands in brackets. */
const HOST = /^\s*(?:\[([^\]]+)\]|([^:,\s]+))(?::[^:,\s]+)??(?::(\d+))?\s*(?:,|$)/;

/** Reads the first seed host as the client does: from text such as `a:3000,b:3000` or from an array of hosts. */
export function serverAddressOf(client: AerospikeClient): ServerAddress {
  const hosts = client.config?.hosts;
  const [host, port] = Array.isArray(hosts) ? fromObject(hosts[0]) : fromText(hosts);
  // No host name has an '@'. What has one may carry credentials.
  const address = host?.includes('@') ? undefined : host?.toWellFormed();
  const actual = port ?? client.config?.port;
  return {
    address,
    port:
      address !== undefined && typeof actual === 'number' && actual !== DEFAULT_PORT
        ? actual
        : undefined,
  };
}

type HostAndPort = [address?: string | undefined, port?: number | undefined];

function fromText(hosts: unknown): HostAndPort {
  const match = typeof hosts === 'string' ? HOST.exec(hosts) : null;
  if (match === null) return [];
  const [, bracketed, plain, port] = match;
  return [bracketed ?? plain, port === undefined ? undefined : Number(port)];
}

function fromObject(host: unknown): HostAndPort {
  const { addr, port } = (host ?? {}) as { addr?: unknown; port?: unknown };
  return [typeof addr === 'string' ? addr : undefined, typeof port === 'number' ? port : undefined];
}
