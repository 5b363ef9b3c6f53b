import { samplesOf } from '@test/support';
import { METRIC } from '@example/prometheus-grafana/build/src/durations';
import { CALLS, DIFFERING } from '../calls';
import { SHARED_LABELS } from '../outcome';
import type { Count } from './count';
import { setOfCode, type SideBySide } from './side-by-side';

/** A row of the table in docs/migration.md: what it is about, here, in aerospike-py, and what to do. */
export type Difference = readonly [what: string, here: string, there: string, advice: string];

/** All that is found to differ, in what the two services serve. */
export async function differences(services: SideBySide): Promise<Difference[]> {
  return [
    ...(await differencesOfCalls(services)),
    ...(await differencesOfCodes(services)),
    ...(await differencesOfText(services)),
  ];
}

async function differencesOfCalls(services: SideBySide): Promise<Difference[]> {
  const rows: Difference[] = [];
  for (const name of DIFFERING) {
    const { node, python } = await services.compare(name, 1);
    const { what = '', advice = '' } = CALLS[name]?.difference ?? {};
    rows.push([what, cell(node, python), cell(python, node), advice]);
  }
  return rows;
}

/** The operation, the error, and what else the other one has otherwise. */
function cell([one]: readonly Count[], [other]: readonly Count[]): string {
  if (one === undefined) return 'not counted';
  const {
    db_operation_name: operation = '',
    db_collection_name: set,
    error_type: error,
  } = one.outcome;
  const isSetDifferent = other !== undefined && other.outcome.db_collection_name !== set;
  return [
    `\`${operation}\``,
    ...(error ? [`\`${error}\``] : []),
    ...(isSetDifferent ? [set ? `the set of the first key` : 'no set'] : []),
  ].join(', ');
}

/** The last result code that a server can send. */
const LAST_CODE = 255;

async function differencesOfCodes(services: SideBySide): Promise<Difference[]> {
  const rows = new Map<string, { codes: number[]; here: string; there: string }>();
  const counts = await services.compareCodes(LAST_CODE);
  for (let code = 1; code <= LAST_CODE; code++) {
    const [here, there] = [errorOf(counts.node, code), errorOf(counts.python, code)];
    if (here === there) continue;
    // What one of them has no name for makes one row, and what both have no name for another.
    const key = `${isUnnamed(here) ? here : 'named'} ${isUnnamed(there) ? there : 'named'}`;
    const row = rows.get(key) ?? { codes: [], here, there };
    row.codes.push(code);
    rows.set(key, row);
  }
  return Array.from(rows, ([, { codes, here, there }]) => [
    [here, there].every(isUnnamed)
      ? 'result codes without a name'
      : `result code ${rangesOf(codes)}`,
    textOf(here, codes),
    textOf(there, codes),
    'nothing: they are faults in both',
  ]);
}

/** The error type of the call that was answered with a code; the code in it stands as `<code>`. */
function errorOf(counts: readonly Count[], code: number): string {
  const [one, ...others] = counts.filter(
    ({ outcome }) => outcome.db_collection_name === setOfCode(code),
  );
  if (one?.count !== 1 || others.length > 0) {
    throw new Error(`result code ${code} was counted as ${JSON.stringify([one, ...others])}`);
  }
  return one.outcome.error_type?.replace(String(code), '<code>') ?? '';
}

function isUnnamed(error: string): boolean {
  return error === '<code>' || error.startsWith('Unknown');
}

function textOf(error: string, codes: readonly number[]): string {
  return isUnnamed(error) || codes.length === 1 ? `\`${error}\`` : `\`${error}\` and others`;
}

/** `120–127, 214` */
function rangesOf(codes: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const code of codes) {
    const last = ranges.at(-1);
    if (last?.[1] === code - 1) last[1] = code;
    else ranges.push([code, code]);
  }
  return ranges.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)).join(', ');
}

/** What differs in the text itself: labels, and how a boundary is written. */
async function differencesOfText({ services }: SideBySide): Promise<Difference[]> {
  const texts = { node: await services.node.metrics(), python: await services.python.metrics() };
  const series = {
    node: samplesOf(`${METRIC}_bucket`, texts.node),
    python: samplesOf(`${METRIC}_bucket`, texts.python),
  };
  const labelsOf = (one: keyof typeof series) => [
    ...new Set(series[one].flatMap(({ labels }) => Object.keys(labels))),
  ];
  const boundariesOf = (one: keyof typeof series) => [
    ...new Set(series[one].map(({ labels }) => labels.le ?? '')),
  ];
  const missing = (one: keyof typeof series) =>
    SHARED_LABELS.filter(label => series[one].some(({ labels }) => labels[label] === undefined));
  const only = (all: readonly string[], others: readonly string[]) =>
    all.filter(one => !others.includes(one));
  const labels = { node: labelsOf('node'), python: labelsOf('python') };
  const boundaries = { node: boundariesOf('node'), python: boundariesOf('python') };
  return [
    [
      'a label without a value',
      missing('node').length > 0 ? 'left out' : '`""`',
      missing('python').length > 0 ? 'left out' : '`""`',
      'nothing: to PromQL they are the same',
    ],
    [
      'labels that the other one has not',
      listOf(only(labels.node, labels.python)),
      listOf(only(labels.python, labels.node)),
      'nothing, where queries say what they sum `by`',
    ],
    [
      'boundaries that are written otherwise',
      listOf(only(boundaries.node, boundaries.python).map(one => `le="${one}"`)),
      listOf(only(boundaries.python, boundaries.node).map(one => `le="${one}"`)),
      'nothing for quantiles; a heatmap of both has two rows for each before Prometheus 3',
    ],
  ];
}

function listOf(names: readonly string[]): string {
  return names.map(name => `\`${name}\``).join(', ') || '–';
}
