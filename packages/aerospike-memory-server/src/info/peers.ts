import type { InfoCommands, InfoSource, Peer } from './info-command';

/** Peers that listen on it are named without a port. */
const DEFAULT_PORT = 3000;

/** What a node tells of the others. They listen on the host where the client has reached this one. */
export const PEER_COMMANDS: InfoCommands = {
  'peers-generation': ({ peersGeneration }) => String(peersGeneration),
  'peers-clear-std': (source, _parameters, address) =>
    list(
      source,
      peersOf(source).map(peer => {
        const shown = peer.port === DEFAULT_PORT ? hostIn(address) : addressOf(peer, address);
        return `[${peer.name},,[${shown}]]`;
      }),
    ),
  // No node has an alternate address.
  'peers-clear-alt': source => list(source, []),
  services,
  'services-alumni': services,
};

/** Generation, default port, and [name, TLS name, addresses] of each. */
function list({ peersGeneration }: InfoSource, peers: readonly string[]): string {
  return `${peersGeneration},${DEFAULT_PORT},[${peers.join(',')}]`;
}

function services(source: InfoSource, _parameters: unknown, address: string): string {
  return peersOf(source)
    .map(peer => addressOf(peer, address))
    .join(';');
}

/** In the order in which real nodes with such names were seen to list them. */
function peersOf({ peers }: InfoSource): Peer[] {
  return [...peers].sort((a, b) => (a.name < b.name ? 1 : -1));
}

function addressOf({ port }: Peer, address: string): string {
  return `${hostIn(address)}:${port}`;
}

/** With its brackets, if it is IPv6. */
function hostIn(address: string): string {
  return address.slice(0, address.lastIndexOf(':'));
}
