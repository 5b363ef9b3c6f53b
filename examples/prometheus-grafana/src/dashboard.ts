// The SDK recommends its second schema, which Grafana reads from files only since version 13.
/* eslint-disable @typescript-eslint/no-deprecated */
import {
  DashboardBuilder,
  DashboardCursorSync,
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  RowBuilder,
  VariableRefresh,
  VariableSort,
  type Dashboard,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { durations } from './durations';
import { rows, type Row } from './panels';
import { Scope, type HistogramKind } from './scope';

/** The variables, each with the label that it selects by and those before it that narrow its values. */
const VARIABLES = [
  { name: 'job', label: 'Job', of: 'job', within: [] },
  { name: 'instance', label: 'Instance', of: 'instance', within: ['job=~"$job"'] },
  { name: 'namespace', label: 'Namespace', of: 'db_namespace', within: ['job=~"$job"'] },
  {
    name: 'set',
    label: 'Set',
    of: 'db_collection_name',
    within: ['job=~"$job"', 'db_namespace=~"$namespace"'],
  },
] as const;

const NAMES: Readonly<Record<HistogramKind, { readonly uid: string; readonly title: string }>> = {
  classic: { uid: 'aerospike-client', title: 'Aerospike client' },
  native: { uid: 'aerospike-client-native', title: 'Aerospike client, native histograms' },
};

/** The dashboard in Grafana's classic schema, which every version from 10 on reads. */
export function dashboard(histograms: HistogramKind): Dashboard {
  const { uid, title } = NAMES[histograms];
  const builder = new DashboardBuilder(title)
    .uid(uid)
    .description('What applications do with Aerospike, as their clients see it.')
    .tags(['aerospike', 'opentelemetry'])
    .time({ from: 'now-30m', to: 'now' })
    .refresh('10s')
    .timezone('browser')
    .tooltip(DashboardCursorSync.Crosshair)
    .withVariable(
      new DatasourceVariableBuilder('datasource').label('Data source').type('prometheus'),
    );
  for (const { name, label, of, within } of VARIABLES) {
    const series = durations(new Scope({ histograms, range: '$__range' })).series(...within);
    builder.withVariable(
      new QueryVariableBuilder(name)
        .label(label)
        .datasource({ type: 'prometheus', uid: '${datasource}' })
        .query(`label_values(${series}, ${of})`)
        .refresh(VariableRefresh.OnTimeRangeChanged)
        .sort(VariableSort.AlphabeticalAsc)
        .multi(true)
        .includeAll(true)
        .allValue('.*')
        .current({ text: 'All', value: '$__all' }),
    );
  }
  for (const row of rows(histograms)) addRow(builder, row);
  const { panels = [], ...rest } = builder.build();
  return { ...rest, panels: panels.map((panel, index) => ({ ...panel, id: index + 1 })) };
}

function addRow(builder: DashboardBuilder, { title, panels }: Row): void {
  builder.withRow(new RowBuilder(title));
  for (const panel of panels) builder.withPanel(panel);
}
