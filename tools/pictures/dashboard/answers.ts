import type { Labels, Series } from '@test/support/build/prometheus-server';
import { interpolated, type PanelJson, type TargetJson } from './dashboard-json';
import type { Window } from './observed-demo';
import type { Unit } from './units';

/** A line of a graph. */
export interface Line {
  readonly legend: string;
  readonly points: readonly Point[];
}

export interface Point {
  /** In seconds from the start of what is shown. */
  readonly time: number;
  readonly value: number;
}

/** A bucket of a histogram at a time. */
export interface Cell {
  readonly time: number;
  readonly from: number;
  readonly to: number;
  readonly value: number;
}

export interface TableAnswer {
  readonly columns: readonly { readonly title: string; readonly unit: Unit }[];
  readonly rows: readonly { readonly name: string; readonly values: readonly number[] }[];
}

const NAME_LABEL = 'db_operation_name';

/** What Prometheus answers to the queries of a graph. */
export async function linesOf(panel: PanelJson, window: Window): Promise<Line[]> {
  const lines = await Promise.all(
    (panel.targets ?? []).map(async target => {
      const series = await window.prometheus.queryRange(queryOf(target, window), window);
      return series.map(({ metric, values = [] }) => ({
        legend: legendOf(target, metric),
        points: values.map(([time, value]) => ({
          time: time - window.start,
          value: Number(value),
        })),
      }));
    }),
  );
  return lines.flat();
}

/** What Prometheus answers to the query of a heatmap of native histograms: the buckets that are not empty. */
export async function cellsOf(panel: PanelJson, window: Window): Promise<Cell[]> {
  const [target] = panel.targets ?? [];
  if (target === undefined) return [];
  const series = await window.prometheus.queryRange(queryOf(target, window), window);
  return series.flatMap(({ histograms = [] }) =>
    histograms.flatMap(([time, { buckets = [] }]) =>
      buckets.map(([, from, to, count]) => ({
        time: time - window.start,
        from: Number(from),
        to: Number(to),
        value: Number(count),
      })),
    ),
  );
}

/** What Prometheus answers to the queries of a table: a column for each, and a row for each operation. */
export async function tableOf(panel: PanelJson, window: Window): Promise<TableAnswer> {
  const targets = panel.targets ?? [];
  const answers = await Promise.all(
    targets.map(target => window.prometheus.query(queryOf(target, window), window.end)),
  );
  const names = new Set(answers.flat().map(({ metric }) => metric[NAME_LABEL] ?? ''));
  return {
    columns: targets.map(({ refId }) => columnOf(panel, refId)),
    rows: [...names].sort().map(name => ({
      name,
      values: answers.map(series => valueOf(series, name)),
    })),
  };
}

function queryOf({ expr }: TargetJson, { start, end, rateInterval }: Window): string {
  return interpolated(expr, { rateInterval, range: `${end - start}s` });
}

function legendOf({ legendFormat = '' }: TargetJson, labels: Labels): string {
  return legendFormat.replaceAll(/{{(\w+)}}/g, (_, label: string) => labels[label] ?? '');
}

function columnOf({ transformations = [], fieldConfig }: PanelJson, refId: string) {
  const [title = refId] = transformations.flatMap(
    ({ options }) => options.renameByName?.[`Value #${refId}`] ?? [],
  );
  const override = fieldConfig?.overrides.find(({ matcher }) => matcher.options === title);
  const unit = override?.properties.find(({ id }) => id === 'unit')?.value ?? 'short';
  return { title, unit: unit as Unit };
}

function valueOf(series: readonly Series[], name: string): number {
  const found = series.find(({ metric }) => metric[NAME_LABEL] === name);
  return Number(found?.value?.[1]);
}
