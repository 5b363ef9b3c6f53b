import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import * as heatmap from '@grafana/grafana-foundation-sdk/heatmap';
import { PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus';
import * as table from '@grafana/grafana-foundation-sdk/table';
import { DATA_SOURCE, graph, HEIGHT, refId, target, WIDTH, type Graph, type Unit } from './graph';
import type { QueryName } from './queries';
import { Scope, type HistogramKind } from './scope';

/** What the variables of the dashboard leave. A series without the label is one of `.*`, which stands for all. */
const matchers = [
  'job=~"$job"',
  'instance=~"$instance"',
  'db_namespace=~"$namespace"',
  'db_collection_name=~"$set"',
];
/** For each point of a graph. */
const AT_A_TIME = '$__rate_interval';
/** For the whole time that the dashboard shows. */
const IN_ALL = '$__range';

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
    description:
      'Of all operations, estimated from the buckets. A dot is an operation whose trace was recorded.',
    unit: 's',
    lines: [
      ['p50', 'P50'],
      ['p95', 'P95'],
      ['p99', 'P99'],
    ],
    hasExemplars: true,
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
    hasExemplars: true,
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
export function panels(histograms: HistogramKind): Builder<Panel>[] {
  const scope = new Scope({ histograms, matchers, range: AT_A_TIME });
  const graphs: Builder<Panel>[] = GRAPHS.map(one => graph(one, scope));
  const inOrder = [
    ...graphs.slice(0, 4),
    latencyHeatmap(scope),
    ...graphs.slice(4),
    operationsTable(new Scope({ histograms, matchers, range: IN_ALL })),
  ];
  return inOrder.map((panel, index) => ({ build: () => ({ ...panel.build(), id: index + 1 }) }));
}

const HEATMAP_DESCRIPTION: Readonly<Record<HistogramKind, string>> = {
  classic: 'What takes longer than the last boundary is in the bucket +Inf.',
  native: 'Each bucket is 9 % wide.',
};

function latencyHeatmap(scope: Scope): heatmap.PanelBuilder {
  const histogram = target('durationHistogram', scope, 0)
    .format(PromQueryFormat.Heatmap)
    .exemplar(true);
  // A native histogram brings its buckets along.
  if (scope.histograms === 'classic') histogram.legendFormat('{{le}}');
  return new heatmap.PanelBuilder()
    .title('Latency: operations per second in each bucket')
    .description(HEATMAP_DESCRIPTION[scope.histograms])
    .datasource(DATA_SOURCE)
    .height(HEIGHT)
    .span(WIDTH / 2)
    .unit('ops')
    .color(new heatmap.HeatmapColorOptionsBuilder().mode(heatmap.HeatmapColorMode.Scheme))
    .yAxis(new heatmap.YAxisConfigBuilder().unit('s'))
    .withTarget(histogram);
}

function operationsTable(scope: Scope): table.PanelBuilder {
  const valueOf = (column: number) => `Value #${refId(column)}`;
  const builder = new table.PanelBuilder()
    .title('Operations')
    .description('Over the whole time that the dashboard shows.')
    .datasource(DATA_SOURCE)
    .height(HEIGHT)
    .span(WIDTH)
    .targets(
      COLUMNS.map(([, query], index) =>
        target(query, scope, index).instant().format(PromQueryFormat.Table),
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
