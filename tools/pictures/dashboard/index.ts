import { join } from 'node:path';
import { ROOT } from '@test/support';
import type { PrometheusRelease } from '@test/support/build/prometheus-releases';
import { readDashboard } from './dashboard-json';
import { observeDemo } from './observed-demo';
import { dashboardPicture, type Selection } from './picture';

/** The pictures of the dashboard, by their files. */
const SELECTIONS: Readonly<Record<string, Selection>> = {
  // What somebody sees first who has never seen it.
  'docs/dashboard.svg': {
    panels: [
      'Operations per second, by operation',
      'Latency: P50, P95, P99',
      'Latency: operations per second in each bucket',
      'Failures per second, by type',
    ],
  },
  'docs/dashboard-operations.svg': { row: 'Operations' },
  'docs/dashboard-client.svg': { row: 'Client' },
};

/**
 * Runs the demo while a real Prometheus scrapes it, and asks that what the dashboard asks.
 *
 * @returns the file of each picture with its content
 */
export async function dashboardPictures(
  release: PrometheusRelease,
): Promise<ReadonlyMap<string, string>> {
  const dashboard = readDashboard('native');
  return observeDemo(release, async window => {
    const pictures = new Map<string, string>();
    for (const [file, selection] of Object.entries(SELECTIONS)) {
      pictures.set(join(ROOT, file), await dashboardPicture(dashboard, selection, window));
    }
    return pictures;
  });
}
