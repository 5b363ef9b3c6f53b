import type { Unit } from '@example/prometheus-grafana/build/src/graph';

export type { Unit };

interface Scale {
  /** From this value on. */
  readonly from: number;
  readonly factor: number;
  readonly suffix: string;
}

const THOUSANDS = (suffix: string): readonly Scale[] => [
  { from: 10_000, factor: 1 / 1000, suffix: ` k${suffix}` },
  { from: 0, factor: 1, suffix: suffix === '' ? '' : ` ${suffix}` },
];

/** For each unit of Grafana, what its values are written in. */
const SCALES: Readonly<Record<Unit, readonly Scale[]>> = {
  ops: THOUSANDS('ops/s'),
  short: THOUSANDS(''),
  percentunit: [{ from: 0, factor: 100, suffix: ' %' }],
  s: [
    { from: 1, factor: 1, suffix: ' s' },
    { from: 0.001, factor: 1000, suffix: ' ms' },
    { from: 0, factor: 1_000_000, suffix: ' µs' },
  ],
};

/** Writes the values of one axis alike: in what suits the greatest of them. */
export function formatFor(unit: Unit, greatest: number): (value: number) => string {
  const { factor, suffix } = scaleOf(unit, greatest);
  return value => (value === 0 ? '0' : `${written(value * factor)}${suffix}`);
}

/** Writes a value that stands alone. */
export function format(unit: Unit, value: number): string {
  return Number.isNaN(value) ? '–' : formatFor(unit, value)(value);
}

function scaleOf(unit: Unit, value: number): Scale {
  const scales = SCALES[unit];
  const scale = scales.find(({ from }) => value >= from) ?? scales.at(-1);
  if (scale === undefined) throw new Error(`nothing is known of the unit ${unit}`);
  return scale;
}

function written(value: number): string {
  return value.toLocaleString('en', { maximumSignificantDigits: 3 });
}
