import { CommandError, ResultCode } from '../protocol/result-code';

/** What follows the name of an info command: `name:key=value;key=value`, and `name/value/value` in the older ones. */
export class InfoParameters {
  constructor(
    /** The values between slashes. */
    readonly path: readonly string[],
    private readonly named: ReadonlyMap<string, string>,
  ) {}

  /** The first of these parameters that was given: newer clients use other names than older ones. */
  optional(...names: readonly string[]): string | undefined {
    const name = names.find(each => this.named.has(each));
    return name === undefined ? undefined : this.named.get(name);
  }

  required(...names: readonly string[]): string {
    const value = this.optional(...names);
    if (value) return value;
    throw new CommandError(ResultCode.PARAMETER, `missing '${names.join("' or '")}' value`);
  }
}

export function parseInfoLine(line: string): { name: string; parameters: InfoParameters } {
  const colon = line.indexOf(':');
  const head = colon < 0 ? line : line.slice(0, colon);
  const [name = '', ...path] = head.split('/');
  const pairs =
    colon < 0
      ? []
      : line
          .slice(colon + 1)
          .split(';')
          .filter(Boolean);
  const named = new Map(pairs.map(pair => splitPair(pair)));
  return { name, parameters: new InfoParameters(path, named) };
}

/** Only the first sign separates: values may be base64. */
function splitPair(pair: string): [string, string] {
  const sign = pair.indexOf('=');
  return sign < 0 ? [pair, ''] : [pair.slice(0, sign), pair.slice(sign + 1)];
}
