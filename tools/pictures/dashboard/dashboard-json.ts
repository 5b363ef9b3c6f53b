import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HistogramKind } from '@example/prometheus-grafana/build/src/scope';
import { ROOT } from '@test/support';

/** What is looked at of the JSON that Grafana reads. */
export interface DashboardJson {
  readonly uid: string;
  readonly title: string;
  readonly panels: readonly PanelJson[];
  readonly templating: {
    readonly list: readonly {
      readonly name: string;
      readonly type: string;
      readonly query: string;
    }[];
  };
}

export interface PanelJson {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  /** A row has none, and no targets. */
  readonly datasource?: { readonly uid: string };
  readonly gridPos: {
    readonly x: number;
    readonly y: number;
    readonly w: number;
    readonly h: number;
  };
  readonly fieldConfig?: {
    readonly defaults: { readonly unit?: string };
    readonly overrides: readonly FieldOverride[];
  };
  readonly options?: { readonly yAxis?: { readonly unit: string } };
  readonly targets?: readonly TargetJson[];
  readonly transformations?: readonly {
    readonly id: string;
    readonly options: { readonly renameByName?: Readonly<Record<string, string>> };
  }[];
}

interface FieldOverride {
  readonly matcher: { readonly options: string };
  readonly properties: readonly { readonly id: string; readonly value: string }[];
}

export interface TargetJson {
  readonly refId: string;
  readonly expr: string;
  readonly legendFormat?: string;
  readonly exemplar?: boolean;
}

const FILES: Readonly<Record<HistogramKind, string>> = {
  classic: 'aerospike.json',
  native: 'aerospike-native.json',
};

/** The dashboard as it is committed, for a kind of histograms. */
export function readDashboard(kind: HistogramKind): DashboardJson {
  const folder = join(ROOT, 'examples/prometheus-grafana/grafana/dashboards');
  return JSON.parse(readFileSync(join(folder, FILES[kind]), 'utf8')) as DashboardJson;
}

/** What Grafana puts in the place of variables. Those of {@link selected} that are left out are at "All". */
export interface Variables {
  /** `$__rate_interval`, a duration of PromQL. */
  readonly rateInterval: string;
  /** `$__range`, all the time that is shown. */
  readonly range: string;
  readonly selected?: Readonly<Record<string, string>>;
}

/** A text in which the variables have their values, as Grafana would put them. */
export function interpolated(
  text: string,
  { rateInterval, range, selected = {} }: Variables,
): string {
  return text
    .replaceAll(/\$__rate_interval\b/g, rateInterval)
    .replaceAll(/\$__range\b/g, range)
    .replaceAll(/\$(\w+)/g, (_, name: string) => selected[name] ?? '.*');
}
