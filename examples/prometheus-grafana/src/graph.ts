import { type Builder, type Dataquery } from '@grafana/grafana-foundation-sdk/cog';
import { LegendDisplayMode, LegendPlacement } from '@grafana/grafana-foundation-sdk/common';
import * as common from '@grafana/grafana-foundation-sdk/common';
import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus';
import * as timeseries from '@grafana/grafana-foundation-sdk/timeseries';
import { QUERIES, type QueryName } from './queries';
import type { Scope } from './scope';

export const DATA_SOURCE = { type: 'prometheus', uid: '${datasource}' };
export const WIDTH = 24;
export const HEIGHT = 9;

export type Unit = 'ops' | 's' | 'percentunit' | 'short';

export interface Graph {
  readonly title: string;
  readonly description: string;
  readonly unit: Unit;
  /** Each query with the legend of its lines. */
  readonly lines: readonly (readonly [query: QueryName, legend: string])[];
  /** Whether exemplars, whose values are durations, lie on its axis. Default: false. */
  readonly hasExemplars?: boolean;
}

/** A graph of half the width. */
export function graph(
  { title, description, unit, lines, hasExemplars = false }: Graph,
  scope: Scope,
): timeseries.PanelBuilder {
  const legend = new common.VizLegendOptionsBuilder()
    .showLegend(true)
    .displayMode(LegendDisplayMode.List)
    .placement(LegendPlacement.Bottom);
  return new timeseries.PanelBuilder()
    .title(title)
    .description(description)
    .datasource(DATA_SOURCE)
    .height(HEIGHT)
    .span(WIDTH / 2)
    .unit(unit)
    .min(0)
    .legend(legend)
    .targets(
      lines.map(([query, text], index) => {
        const line = target(query, scope, index).legendFormat(text);
        return hasExemplars ? line.exemplar(true) : line;
      }),
    );
}

export function target(
  query: QueryName,
  scope: Scope,
  index: number,
): DataqueryBuilder & Builder<Dataquery> {
  return new DataqueryBuilder()
    .refId(refId(index))
    .datasource(DATA_SOURCE)
    .expr(QUERIES[query](scope))
    .range();
}

/** A, B, C … */
export function refId(index: number): string {
  return String.fromCharCode('A'.charCodeAt(0) + index);
}
