import type { Scope } from './scope';

/** A query in the scope that it is asked in. */
export type Query = (scope: Scope) => string;

export function quotient(dividend: string, divisor: string): string {
  const indent = (query: string) => query.replaceAll(/^/gm, '  ');
  return `${indent(dividend)}\n/\n${indent(divisor)}`;
}
