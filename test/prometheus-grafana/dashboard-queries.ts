import type { HistogramKind } from '@example/prometheus-grafana/build/src/scope';
import {
  interpolated,
  readDashboard,
  type DashboardJson,
} from '@repository/tools/build/pictures/dashboard/dashboard-json';

/** The dashboard for each kind of histograms. */
export const DASHBOARDS: Readonly<Record<HistogramKind, DashboardJson>> = {
  classic: readDashboard('classic'),
  native: readDashboard('native'),
};

/** Stands for every length of time that Grafana would choose. */
const RANGE = '5m';

/** A text in which the variables have their values, as Grafana would put them; those not selected are at "All". */
export function interpolate(text: string, selected: Readonly<Record<string, string>> = {}): string {
  return interpolated(text, { rateInterval: RANGE, range: RANGE, selected });
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
