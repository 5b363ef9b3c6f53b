import { CLIENT_QUERIES } from './client-queries';
import { OPERATION_QUERIES } from './operation-queries';
import type { Query } from './query';

/** Every query there is: the rules, the dashboards and docs/promql.md take theirs from here. */
export const QUERIES = { ...OPERATION_QUERIES, ...CLIENT_QUERIES } satisfies Record<string, Query>;

export type QueryName = keyof typeof QUERIES;
