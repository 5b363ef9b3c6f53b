import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import * as heatmap from '@grafana/grafana-foundation-sdk/heatmap';
import { PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus';
import * as table from '@grafana/grafana-foundation-sdk/table';
import { DATA_SOURCE, graph, HEIGHT, refId, target, WIDTH, type Graph, type Unit } from './graph';
import type { QueryName } from './queries';
import type { HistogramKind, Scope } from './scope';

const OPERATION = '{{db_operation_name}}';

const RATE: Graph = {
  title: 'Operations per second, by operation',
  description: 'Failed ones included. A batch, a query and a scan are one operation each.',
  unit: 'ops',
  lines: [['operationRateByOperation', OPERATION]],
};

const RATE_BY_NAMESPACE: Graph = {
  title: 'Operations per second, by namespace',
  description: 'What belongs to no namespace, such as info, has a line of its own.',
  unit: 'ops',
  lines: [['operationRateByNamespace', '{{db_namespace}}']],
};

const LATENCY: Graph = {
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
};

const EVENT_LOOP: Graph = {
  title: 'Event loop delay: P99',
  description:
    'A loop that is blocked looks like a slow database. From @opentelemetry/instrumentation-runtime-node or ' +
    'the default metrics of prom-client, where the application has one of them.',
  unit: 's',
  lines: [['eventLoopDelay', '{{job}} {{instance}}']],
};

const LATENCY_BY_OPERATION: Graph = {
  title: 'Latency: P99, by operation',
  description: 'Estimated from the buckets.',
  unit: 's',
  lines: [['p99ByOperation', OPERATION]],
  hasExemplars: true,
};

const FAILURES: Graph = {
  title: 'Failures per second, by type',
  description: 'No line: nothing fails.',
  unit: 'ops',
  lines: [['failureRate', '{{error_type}}']],
};

const FAILURE_RATIO: Graph = {
  title: 'Share of operations that fail',
  description:
    'Faults are failures that say more than that a record is not there, exists, has changed or is filtered out.',
  unit: 'percentunit',
  lines: [
    ['failureRatio', 'failures'],
    ['faultRatio', 'faults'],
  ],
};

const BUSY: Graph = {
  title: 'Operations under way, by operation',
  description: 'Seconds spent in operations, in each second: how many are under way on average.',
  unit: 'short',
  lines: [['busyOperations', OPERATION]],
};

const BUSY_SETS: Graph = {
  title: 'Sets by time spent: the first ten',
  description:
    'Seconds spent in operations on a set, in each second: how many of them are under way on average.',
  unit: 'short',
  lines: [['busySets', '{{db_namespace}}.{{db_collection_name}}']],
};

const COLUMNS: readonly (readonly [title: string, query: QueryName, unit: Unit])[] = [
  ['Operations per second', 'operationRateByOperation', 'ops'],
  ['Average', 'meanDuration', 's'],
  ['P50', 'p50ByOperation', 's'],
  ['P95', 'p95ByOperation', 's'],
  ['P99', 'p99ByOperation', 's'],
  ['Failures', 'failureRatioByOperation', 'percentunit'],
];

/**
 * What operations do and take, two graphs side by side. The event loop stands beside the latency that it may explain.
 *
 * @param atATime for each point of a graph
 * @param inAll for the whole time that the dashboard shows
 */
export function operationPanels(atATime: Scope, inAll: Scope): Builder<Panel>[] {
  const of = (one: Graph) => graph(one, atATime);
  return [
    ...[of(RATE), of(RATE_BY_NAMESPACE)],
    ...[of(LATENCY), of(EVENT_LOOP)],
    ...[latencyHeatmap(atATime), of(LATENCY_BY_OPERATION)],
    ...[of(FAILURES), of(FAILURE_RATIO)],
    ...[of(BUSY), of(BUSY_SETS)],
    operationsTable(inAll),
  ];
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
