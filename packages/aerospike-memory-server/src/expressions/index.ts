import type { Particle } from '../protocol/particle';
import { unsupported } from '../protocol/result-code';

export interface ExpressionRecord {
  bin(name: string): Particle | undefined;
  readonly namespace: string;
  readonly set: string;
  readonly digest: Buffer;
  readonly userKey: Buffer | undefined;
  readonly generation: number;
  readonly voidTime: number;
  readonly lastUpdate: number;
  readonly size: number;
}

export interface Expression {
  test(record: ExpressionRecord): boolean;
  evaluate(record: ExpressionRecord): Particle;
}

export const parseExpression: (bytes: Buffer) => Expression = () => {
  throw unsupported('an expression');
};
