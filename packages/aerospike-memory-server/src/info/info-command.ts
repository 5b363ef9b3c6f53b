import type { Store } from '../store/store';
import type { InfoParameters } from './parameters';

/** What info commands tell about. */
export interface InfoSource {
  readonly nodeName: string;
  readonly clusterName: string;
  readonly partitionGeneration: number;
  readonly store: Store;
}

/** Gives the value, or throws a CommandError. The address is where its client reached the server. */
export type InfoCommand = (
  source: InfoSource,
  parameters: InfoParameters,
  address: string,
) => string;

export type InfoCommands = Readonly<Record<string, InfoCommand>>;

/** Several facts in one value. */
export function pairs(
  facts: Readonly<Record<string, string | number>>,
  separator: ';' | ':',
): string {
  return Object.entries(facts)
    .map(([name, value]) => `${name}=${value}`)
    .join(separator);
}
