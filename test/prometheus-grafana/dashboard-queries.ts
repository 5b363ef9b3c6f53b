import type { HistogramKind } from '@example/prometheus-grafana/build/src/scope';
import { readExample } from './example-files';

/** What is looked at of the JSON that Grafana reads. */
export interface DashboardJson {
  readonly uid: string;
  readonly panels: readonly {
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
    readonly targets?: readonly {
      readonly refId: string;
      readonly expr: string;
      readonly legendFormat?: string;
      readonly exemplar?: boolean;
    }[];
  }[];
  readonly templating: {
    readonly list: readonly {
      readonly name: string;
      readonly type: string;
      readonly query: string;
    }[];
  };
}

const read = (file: string) =>
  JSON.parse(readExample(`grafana/dashboards/${file}`)) as DashboardJson;

/** The dashboard for each kind of histograms. */
export const DASHBOARDS: Readonly<Record<HistogramKind, DashboardJson>> = {
  classic: read('aerospike.json'),
  native: read('aerospike-native.json'),
};

/** Stands for every length of time that Grafana would choose. */
const RANGE = '5m';

/** A text in which the variables have their values, as Grafana would put them; those not selected are at "All". */
export function interpolate(text: string, selected: Readonly<Record<string, string>> = {}): string {
  return text
    .replaceAll(/\$__(?:rate_interval|range)\b/g, RANGE)
    .replaceAll(/\$(\w+)/g, (_, name: string) => selected[name] ?? '.*');
}

/** The queries of all panels, each with where it stands. */
export function panelQueries({ panels }: DashboardJson): { place: string; expr: string }[] {
  return panels.flatMap(({ title, targets = [] }) =>
    targets.map(({ refId, expr }) => ({ place: `${title}, ${refId}`, expr })),
  );
}

/** The query without the matchers that match everything. */
export function withoutAll(expr: string): string {
  return expr.replaceAll(/, \w+=~"\.\*"/g, '');
}
