import { QUERIES, type QueryName } from './queries';
import { Scope, type HistogramKind } from './scope';

/** A marker that names a query and the kind of histograms that it is for, and the block below with its text. */
const BLOCK = /(<!-- (classic|native|both): (\w+) -->\n\n```promql\n)[^`]*(```)/g;

/** The cookbook with the queries of today. */
export function cookbook(text: string): string {
  return text.replaceAll(
    BLOCK,
    (_, start: string, kind: HistogramKind | 'both', name: QueryName, end: string) =>
      `${start}${documented(name, kind === 'both' ? 'classic' : kind)}\n${end}`,
  );
}

/** A query for whoever types it into Prometheus. */
export function documented(name: QueryName, histograms: HistogramKind): string {
  return QUERIES[name](new Scope({ histograms, range: '5m' }));
}
