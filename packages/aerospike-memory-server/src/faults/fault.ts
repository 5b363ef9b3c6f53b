import { COMMAND_NAMES, type CommandName } from '../commands/command';
import {
  checked,
  integerBetween,
  isObject,
  isText,
  MAX_TIMER_MS,
  oneOf,
  wrongOption,
  type Rule,
} from '../rules';

/** Which commands a fault is about: those for which all of this is true. */
export interface FaultMatch {
  /** The kind of command. Default: any, except `info`. */
  readonly command?: CommandName | 'info';
  /** The namespace; for a batch, that of one of its rows. Info commands have none. Default: any. */
  readonly namespace?: string;
  /** The set, `''` for none; for a batch, that of one of its rows. Info commands have none. Default: any. */
  readonly set?: string;
  /** The name of the node that the client has sent it to, see {@link AerospikeMemoryServer.nodes}. Default: any. */
  readonly node?: string;
  /** The name of an info command, such as `sindex-create`. Goes with the command `info` only. Default: any. */
  readonly info?: string;
}

/** What is to go wrong: exactly one of `latencyMs`, `resultCode`, `drop` and `stall`. */
export interface Fault {
  /** Which commands it is about. Default: all that clients send for their callers, so not `info`. */
  readonly match?: FaultMatch;
  /** How many commands it strikes, the next ones that match. Default: all, until the faults are reset. */
  readonly times?: number;
  /** Milliseconds after which the command is done and answered, 0 or more. */
  readonly latencyMs?: number;
  /** Nothing is done, and the answer has this result code, 1–255. */
  readonly resultCode?: number;
  /** `true`: nothing is done, and the connection is closed; `'half'`: the command is done, but half the answer sent. */
  readonly drop?: true | 'half';
  /** Nothing is done, and there is no answer. */
  readonly stall?: true;
}

const EFFECTS = ['latencyMs', 'resultCode', 'drop', 'stall'] as const satisfies (keyof Fault)[];

const FAULT_RULES: Readonly<Record<keyof Fault, Rule>> = {
  match: { allowed: "an object such as { command: 'read' }", test: isObject },
  times: integerBetween(1, Number.MAX_SAFE_INTEGER),
  latencyMs: integerBetween(0, MAX_TIMER_MS),
  resultCode: integerBetween(1, 255),
  drop: oneOf([true, 'half']),
  stall: oneOf([true]),
};

const MATCH_RULES: Readonly<Record<keyof FaultMatch, Rule>> = {
  command: oneOf([...COMMAND_NAMES, 'info']),
  namespace: { allowed: 'the name of a namespace', test: value => isText(value, /./) },
  set: { allowed: "the name of a set, or '' for none", test: value => isText(value, /^/) },
  node: {
    allowed: "the name of a node, such as 'B1'",
    test: value => isText(value, /^[0-9A-F]+$/),
  },
  info: { allowed: 'the name of an info command', test: value => isText(value, /^[\w-]+$/) },
};

/**
 * Checks a fault.
 *
 * @returns a copy, for the server's process.
 * @throws TypeError that names the option, what was given, and what is allowed.
 */
export function resolveFault(given: Fault): Fault {
  if (!isObject(given)) throw wrongOption('fault', 'an object such as { stall: true }', given);
  const fault = checked(given, FAULT_RULES);
  const effects = EFFECTS.filter(name => name in fault);
  if (effects.length !== 1) {
    const which = effects.join(' and ') || 'none';
    throw new TypeError(`a fault has exactly one of ${EFFECTS.join(', ')}; this one has ${which}`);
  }
  return fault.match ? { ...fault, match: resolveMatch(fault.match) } : fault;
}

function resolveMatch(given: FaultMatch): FaultMatch {
  const match = checked(given, MATCH_RULES, 'match.');
  if (match.info !== undefined && match.command !== 'info') {
    throw new TypeError("match.info goes with the command 'info' only");
  }
  return match;
}
