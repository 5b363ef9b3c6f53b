import { OPERATION_QUERIES } from '@example/prometheus-grafana/build/src/operation-queries';
import { Scope, type HistogramKind } from '@example/prometheus-grafana/build/src/scope';

export type QueryName = keyof typeof OPERATION_QUERIES;

/** Each query of operations as it is documented, and its name. */
export const namesFor = (histograms: HistogramKind): ReadonlyMap<string, QueryName> =>
  new Map(
    Object.entries(OPERATION_QUERIES).map(([name, query]) => [
      query(new Scope({ histograms, range: '5m' })),
      name as QueryName,
    ]),
  );
