import { checked, integerBetween, isText, MAX_TIMER_MS, oneOf, type Rule } from './rules';
import { MAX_TTL } from './store/stored-record';

/** How to start a server. Everything is optional. */
export interface MemoryServerOptions {
  /** The address to listen on. Default: `127.0.0.1`, which only this machine reaches. */
  readonly host?: string;
  /**
   * The TCP port, 0–65535; of several nodes the first has it, and the others those after it. 0 is any free one for
   * each, see {@link AerospikeMemoryServer.hosts}. Default: 0.
   */
  readonly port?: number;
  /** How many nodes the server is, as one cluster: 1–8. Default: 1. */
  readonly nodes?: number;
  /** Milliseconds after which the other nodes notice that one has gone or has come, 0 or more. Default: 2000. */
  readonly regroupMs?: number;
  /** The namespaces there are, at least one. Default: `['test']`. */
  readonly namespaces?: readonly string[];
  /** What clients with a `clusterName` in their configuration compare it to. Default: `memory`. */
  readonly clusterName?: string;
  /** Seconds that records live which are written without a ttl; 0: forever. Default: 0. */
  readonly defaultTtl?: number;
  /** Bytes that the bins (names and values) and the stored key of a record may have; more gets code 13. Default: 1 MiB. */
  readonly maxRecordSize?: number;
  /** Bytes of the longest request that is read; a connection that announces more is closed. Default: 128 MiB. */
  readonly maxFrameLength?: number;
  /** Connections to a node at the same time; those beyond are closed at once. Default: 15000. */
  readonly maxConnections?: number;
  /** Milliseconds after which a silent connection is closed; 0: never. Default: 0. */
  readonly idleTimeoutMs?: number;
  /** Whether the server keeps the process that started it alive until it is stopped. Default: false. */
  readonly keepAlive?: boolean;
}

/** A cluster of the Community Edition has no more. */
export const MAX_NODES = 8;

const MAX_PORT = 65_535;

export type ResolvedOptions = Required<MemoryServerOptions>;

export const DEFAULT_OPTIONS: ResolvedOptions = {
  host: '127.0.0.1',
  port: 0,
  nodes: 1,
  regroupMs: 2000,
  namespaces: ['test'],
  clusterName: 'memory',
  defaultTtl: 0,
  maxRecordSize: 1024 * 1024,
  maxFrameLength: 128 * 1024 * 1024,
  maxConnections: 15_000,
  idleTimeoutMs: 0,
  keepAlive: false,
};

const RULES: Readonly<Record<keyof MemoryServerOptions, Rule>> = {
  host: { allowed: 'a host name or an IP address', test: value => isText(value, /^\S+$/) },
  port: integerBetween(0, MAX_PORT),
  namespaces: {
    allowed: 'a list of different names of 1 to 31 letters, digits, hyphens and underscores',
    test: value =>
      Array.isArray(value) &&
      value.length > 0 &&
      new Set(value).size === value.length &&
      value.every(name => isText(name, /^[\w-]{1,31}$/)),
  },
  clusterName: {
    allowed: 'a name of 1 to 64 characters without spaces',
    test: value => isText(value, /^[!-~]{1,64}$/),
  },
  defaultTtl: integerBetween(0, MAX_TTL),
  maxRecordSize: integerBetween(1, 128 * 1024 * 1024),
  maxFrameLength: integerBetween(1024, 1024 * 1024 * 1024),
  maxConnections: integerBetween(1, 1_000_000),
  idleTimeoutMs: integerBetween(0, MAX_TIMER_MS),
  keepAlive: oneOf([true, false]),
  nodes: integerBetween(1, MAX_NODES),
  regroupMs: integerBetween(0, MAX_TIMER_MS),
};

/**
 * Checks options and fills in the defaults.
 *
 * @throws TypeError that names the option, what was given, and what is allowed.
 */
export function resolveOptions(options: MemoryServerOptions): ResolvedOptions {
  const resolved = { ...DEFAULT_OPTIONS, ...checked(options, RULES) };
  const { port, nodes } = resolved;
  if (port !== 0 && port + nodes - 1 > MAX_PORT) {
    throw new TypeError(
      `port must be so that ${nodes} nodes have one each up to ${MAX_PORT}, not ${port}`,
    );
  }
  return resolved;
}
