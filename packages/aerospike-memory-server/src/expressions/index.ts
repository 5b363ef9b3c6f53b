import { decode, List, type Value } from '../protocol/msgpack';
import type { Particle } from '../protocol/particle';
import { particleOf } from '../protocol/particle-value';
import { CommandError, ResultCode, unsupported } from '../protocol/result-code';
import { compile } from './compile';
import { malformed, type CompiledExpression, Type, UNKNOWN } from './compiled-expression';
import type { ExpressionRecord } from './expression-record';

export type { ExpressionRecord } from './expression-record';

/** The reader of an expression operation accepts that it cannot be evaluated. */
const EVALUATE_NO_FAIL = 0x10;

export class Expression {
  constructor(
    private readonly expression: CompiledExpression,
    private readonly flags = 0,
  ) {}

  /** A filter: what is unknown is not true. */
  test(record: ExpressionRecord): boolean {
    if (this.expression.type !== Type.BOOLEAN) throw malformed('a filter is true or false');
    return this.expression.evaluate({ record, variables: new Map() }) === true;
  }

  /** The value as the result of an operation; undefined when it is nil. */
  evaluate(record: ExpressionRecord): Particle | undefined {
    const value = this.expression.evaluate({ record, variables: new Map() });
    if (value !== UNKNOWN) return particleOf(value);
    if ((this.flags & EVALUATE_NO_FAIL) !== 0) return undefined;
    throw new CommandError(ResultCode.OP_NOT_APPLICABLE, 'the expression cannot be evaluated');
  }
}

/** Bytes. Decoded, an expression takes many times of its size. */
const MAX_SIZE = 1024 * 1024;

/** A filter expression, as it stands in a field. */
export function parseExpression(bytes: Buffer): Expression {
  if (bytes.length > MAX_SIZE) throw unsupported('an expression of more than 1 MiB');
  return new Expression(compile(decode(bytes)));
}

function readFlags(flags: Value | undefined): number {
  if (flags === undefined) return 0;
  if (typeof flags !== 'bigint' || (flags & ~BigInt(EVALUATE_NO_FAIL)) !== 0n) {
    throw malformed('unknown flags of a read');
  }
  return Number(flags);
}

/** The payload of an expression read operation: the expression and flags. */
export function parseExpressionRead(bytes: Buffer): Expression {
  const payload = decode(bytes);
  const [expression, flags] = payload instanceof List ? payload.items : [];
  if (expression === undefined) throw malformed('an operation is an expression and flags');
  return new Expression(compile(expression), readFlags(flags));
}
