/** The histogram of the instrumentation, as Prometheus names it. aerospike-py names it so too. */
export const METRIC = 'db_client_operation_duration_seconds';

/** Other instrumentations of databases use the same metric. */
export const AEROSPIKE_ONLY = 'db_system_name="aerospike"';

/** The labels that this instrumentation and aerospike-py share, and the one of the buckets. */
export type Label =
  | 'db_namespace'
  | 'db_collection_name'
  | 'db_operation_name'
  | 'error_type'
  | 'job'
  | 'instance'
  | 'le';

export type Component = 'bucket' | 'sum' | 'count';

export interface ScopeOptions {
  readonly matchers?: readonly string[];
  /** A duration of PromQL, or a variable of Grafana that stands for one. */
  readonly range: string;
  /** Labels that no query sums over. */
  readonly keep?: readonly Label[];
}

/** What a query looks at, and over how long. */
export class Scope {
  private readonly matchers: readonly string[];
  private readonly range: string;
  private readonly keep: readonly Label[];

  constructor({ matchers = [], range, keep = [] }: ScopeOptions) {
    this.matchers = [AEROSPIKE_ONLY, ...matchers];
    this.range = range;
    this.keep = keep;
  }

  /** The series of a component of the histogram. */
  series(component: Component, ...matchers: readonly string[]): string {
    return `${METRIC}_${component}{${[...this.matchers, ...matchers].join(', ')}}`;
  }

  /** What a component of the histogram grows by in a second, for each combination of these labels. */
  rate(component: Component, by: readonly Label[], ...matchers: readonly string[]): string {
    return this.sum(by, `rate(${this.series(component, ...matchers)}[${this.range}])`);
  }

  sum(by: readonly Label[], vector: string): string {
    const labels = [...this.keep, ...by];
    return labels.length > 0 ? `sum by (${labels.join(', ')}) (${vector})` : `sum(${vector})`;
  }
}
