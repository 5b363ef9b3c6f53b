import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { clientPanels } from './client-panels';
import { operationPanels } from './operation-panels';
import { Scope, type HistogramKind } from './scope';

/** Panels below a title, which folds them up. */
export interface Row {
  readonly title: string;
  readonly panels: readonly Builder<Panel>[];
}

/** What the variables of the dashboard leave. A series without the label is one of `.*`, which stands for all. */
const matchers = ['job=~"$job"', 'instance=~"$instance"'];
/** What the client tells of itself belongs to no namespace and no set. */
const operationMatchers = ['db_namespace=~"$namespace"', 'db_collection_name=~"$set"'];

/** All panels, in the order they are read in. */
export function rows(histograms: HistogramKind): Row[] {
  const over = (range: string) => new Scope({ histograms, matchers, operationMatchers, range });
  const atATime = over('$__rate_interval');
  return [
    { title: 'Operations', panels: operationPanels(atATime, over('$__range')) },
    { title: 'Client', panels: clientPanels(atATime) },
  ];
}
