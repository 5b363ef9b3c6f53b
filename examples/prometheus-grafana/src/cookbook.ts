import { QUERIES, type QueryName } from './queries';
import { Scope } from './scope';

/** For whoever types a query into Prometheus. */
const SCOPE = new Scope({ range: '5m' });

/** A marker that names a query, and the block below with its text. */
const BLOCK = /(<!-- query: (\w+) -->\n\n```promql\n)[^`]*(```)/g;

/** The cookbook with the queries of today. */
export function cookbook(text: string): string {
  return text.replaceAll(
    BLOCK,
    (_, start: string, name: QueryName, end: string) => `${start}${QUERIES[name](SCOPE)}\n${end}`,
  );
}
