import { CommandError, ResultCode } from '../protocol/result-code';
import type { Clock } from '../store/clock';
import type { InfoCommand, InfoCommands } from './info-command';
import type { InfoParameters } from './parameters';

const NANOSECONDS_PER_MS = 1_000_000n;

/** Removes the records of a set, or of a namespace. One that does not exist is no error: the real server does not look. */
export const TRUNCATE_COMMANDS: InfoCommands = {
  truncate: truncating(parameters => parameters.required('set')),
  'truncate-namespace': truncating(() => undefined),
};

function truncating(setIn: (parameters: InfoParameters) => string | undefined): InfoCommand {
  return ({ store }, parameters) => {
    const namespace = store.namespaces.get(parameters.required('namespace'));
    const set = setIn(parameters);
    namespace?.truncate(set, writtenBefore(parameters, store.clock));
    return 'ok';
  };
}

/** Unix milliseconds; records written later stay. */
function writtenBefore(parameters: InfoParameters, clock: Clock): number {
  const nanoseconds = parameters.optional('lut');
  if (nanoseconds === undefined) return Infinity;
  if (!/^\d{1,20}$/.test(nanoseconds)) throw bad('lut');
  const milliseconds = Number(BigInt(nanoseconds) / NANOSECONDS_PER_MS);
  if (milliseconds > clock.nowMs()) throw bad('lut');
  return milliseconds;
}

function bad(name: string): CommandError {
  return new CommandError(ResultCode.PARAMETER, `bad '${name}' value`);
}
