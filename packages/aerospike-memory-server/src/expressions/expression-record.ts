import type { Particle } from '../protocol/particle';

/** What an expression can ask about a record. */
export interface ExpressionRecord {
  bin(name: string): Particle | undefined;
  readonly set: string;
  readonly digest: Buffer;
  /** Particle type byte and value, when the key is stored. */
  readonly userKey: Buffer | undefined;
  /** Seconds since 2010; 0: never expires. */
  readonly voidTime: number;
  /** Unix milliseconds. */
  readonly lastUpdate: number;
  /** The server's clock in Unix milliseconds. */
  readonly now: number;
}
