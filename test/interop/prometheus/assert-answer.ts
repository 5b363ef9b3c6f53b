import assert from 'node:assert/strict';
import { isWithin, type Bounds } from './bounds';
import { groupOf, type Groups } from './measured-window';
import type { Series } from '@test/support/build/prometheus-server';

/** @param more labels that an answer may have in addition to those that it is grouped by */
export function assertAnswer(
  answer: readonly Series[],
  { by, values }: Groups<Bounds>,
  more: readonly string[] = [],
): void {
  const keys = answer.map(({ metric }) => groupOf(metric, by));
  assert.ok(values.size > 0, 'nothing is expected');
  assert.deepEqual(keys.sort(), [...values.keys()].sort());
  for (const { metric, value, histogram } of answer) {
    const text = value?.[1] ?? histogram?.[1].count;
    const surplus = Object.keys(metric).filter(label => ![...by, ...more].includes(label));
    assert.deepEqual(surplus, []);
    const key = groupOf(metric, by);
    const bounds = values.get(key);
    assert.ok(
      bounds && isWithin(Number(text), bounds),
      `${key}: ${text} is not from ${bounds?.low} to ${bounds?.high}`,
    );
  }
}
