import { hostAndPort } from './network/address';

const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'it is in use; choose another port, or 0 for any free one',
  EACCES: 'permission denied',
  EADDRNOTAVAIL: 'this machine has no such address',
  ENOTFOUND: 'there is no such host',
};

interface ListenError extends NodeJS.ErrnoException {
  /** That of the node that could not listen; the system does not always tell. */
  readonly port?: number;
}

/** Says why an address cannot be listened on; other errors stay as they are. */
export function explainListenError(error: ListenError, host: string, firstPort: number): Error {
  const { code, port = firstPort } = error;
  if (code === undefined) return error;
  const message = `Cannot listen on ${hostAndPort(host, port)}: ${REASONS[code] ?? error.message}.`;
  return Object.assign(new Error(message, { cause: error }), { code });
}
