import { type Builder, type Dataquery } from '@grafana/grafana-foundation-sdk/cog';
import { LegendDisplayMode, LegendPlacement } from '@grafana/grafana-foundation-sdk/common';
import * as common from '@grafana/grafana-foundation-sdk/common';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import * as heatmap from '@grafana/grafana-foundation-sdk/heatmap';
import { DataqueryBuilder, PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus';
import * as table from '@grafana/grafana-foundation-sdk/table';
import * as timeseries from '@grafana/grafana-foundation-sdk/timeseries';
import { QUERIES, type QueryName } from './queries';
import { Scope } from './scope';

/** What the variables of the dashboard leave. A series without the label is one of `.*`, which stands for all. */
const matchers = [
  'job=~"$job"',
  'instance=~"$instance"',
  'db_namespace=~"$namespace"',
  'db_collection_name=~"$set"',
];
/** For each point of a graph. */
const AT_A_TIME = new Scope({ matchers, range: '$__rate_interval' });
/** For the whole time that the dashboard shows. */
const IN_ALL = new Scope({ matchers, range: '$__range' });

const DATA_SOURCE = { type: 'prometheus', uid: '${datasource}' };
const WIDTH = 24;
const HEIGHT = 9;

type Unit = 'ops' | 's' | 'percentunit' | 'short';

interface Graph {
  readonly title: string;
  readonly description: string;
  readonly unit: Unit;
  /** Each query with the legend of its lines. */
  readonly lines: readonly (readonly [query: QueryName, legend: string])[];
}

const OPERATION = '{{db_operation_name}}';

/** Two in a row; the heatmap is the fifth panel. */
const GRAPHS: readonly Graph[] = [
  {
    title: 'Operations per second, by operation',
    description: 'Failed ones included. A batch, a query and a scan are one operation each.',
    unit: 'ops',
    lines: [['operationRateByOperation', OPERATION]],
  },
  {
    title: 'Latency: P50, P95, P99',
    description: 'Of all operations, estimated from the buckets.',
    unit: 's',
    lines: [
      ['p50', 'P50'],
      ['p95', 'P95'],
      ['p99', 'P99'],
    ],
  },
  {
    title: 'Failures per second, by type',
    description: 'No line: nothing fails.',
    unit: 'ops',
    lines: [['failureRate', '{{error_type}}']],
  },
  {
    title: 'Operations per second, by namespace',
    description: 'What belongs to no namespace, such as info, has a line of its own.',
    unit: 'ops',
    lines: [['operationRateByNamespace', '{{db_namespace}}']],
  },
  {
    title: 'Share of operations that fail',
    description:
      'Faults are failures that say more than that a record is not there, exists, has changed or is filtered out.',
    unit: 'percentunit',
    lines: [
      ['failureRatio', 'failures'],
      ['faultRatio', 'faults'],
    ],
  },
  {
    title: 'Latency: P99, by operation',
    description: 'Estimated from the buckets.',
    unit: 's',
    lines: [['p99ByOperation', OPERATION]],
  },
  {
    title: 'Sets by time spent: the first ten',
    description:
      'Seconds spent in operations on a set, in each second: how many of them are under way on average.',
    unit: 'short',
    lines: [['busySets', '{{db_namespace}}.{{db_collection_name}}']],
  },
];

const COLUMNS: readonly (readonly [title: string, query: QueryName, unit: Unit])[] = [
  ['Operations per second', 'operationRateByOperation', 'ops'],
  ['Average', 'meanDuration', 's'],
  ['P50', 'p50ByOperation', 's'],
  ['P95', 'p95ByOperation', 's'],
  ['P99', 'p99ByOperation', 's'],
  ['Failures', 'failureRatioByOperation', 'percentunit'],
];

/** All panels, in the order they are read in. */
export function panels(): Builder<Panel>[] {
  const graphs: Builder<Panel>[] = GRAPHS.map(graph);
  const inOrder = [...graphs.slice(0, 4), latencyHeatmap(), ...graphs.slice(4), operationsTable()];
  return inOrder.map((panel, index) => ({ build: () => ({ ...panel.build(), id: index + 1 }) }));
}

function graph({ title, description, unit, lines }: Graph): timeseries.PanelBuilder {
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
      lines.map(([query, text], index) => target(query, AT_A_TIME, index).legendFormat(text)),
    );
}

function latencyHeatmap(): heatmap.PanelBuilder {
  return new heatmap.PanelBuilder()
    .title('Latency: operations per second in each bucket')
    .description('What takes longer than the last boundary is in the bucket +Inf.')
    .datasource(DATA_SOURCE)
    .height(HEIGHT)
    .span(WIDTH / 2)
    .unit('ops')
    .color(new heatmap.HeatmapColorOptionsBuilder().mode(heatmap.HeatmapColorMode.Scheme))
    .yAxis(new heatmap.YAxisConfigBuilder().unit('s'))
    .withTarget(
      target('durationHistogram', AT_A_TIME, 0)
        .format(PromQueryFormat.Heatmap)
        .legendFormat('{{le}}'),
    );
}

function operationsTable(): table.PanelBuilder {
  const valueOf = (column: number) => `Value #${refId(column)}`;
  const builder = new table.PanelBuilder()
    .title('Operations')
    .description('Over the whole time that the dashboard shows.')
    .datasource(DATA_SOURCE)
    .height(HEIGHT)
    .span(WIDTH)
    .targets(
      COLUMNS.map(([, query], index) =>
        target(query, IN_ALL, index).instant().format(PromQueryFormat.Table),
      ),
    )
    .withTransformation({ id: 'merge', options: {} })
    .withTransformation({
      id: 'organize',
      options: {
        excludeByName: { Time: true },
        renameByName: {
          db_operation_name: 'Operation',
          ...Object.fromEntries(COLUMNS.map(([title], index) => [valueOf(index), title])),
        },
      },
    });
  for (const [title, , unit] of COLUMNS) {
    builder.overrideByName(title, [{ id: 'unit', value: unit }]);
  }
  return builder;
}

function target(
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
function refId(index: number): string {
  return String.fromCharCode('A'.charCodeAt(0) + index);
}
