/** Other instrumentations of databases use the same metrics. */
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

/** How Prometheus has stored the durations: as series with `le`, or each histogram as one series. */
export type HistogramKind = 'classic' | 'native';
export const HISTOGRAM_KINDS = ['classic', 'native'] as const;

export interface ScopeOptions {
  /** The one switch between the queries of classic and those of native histograms. Default: classic. */
  readonly histograms?: HistogramKind;
  /** What the series are of. Default: Aerospike. */
  readonly of?: string;
  readonly matchers?: readonly string[];
  /** A duration of PromQL, or a variable of Grafana that stands for one. */
  readonly range: string;
  /** Labels that no query sums over. */
  readonly keep?: readonly Label[];
}

/** What a query looks at, over how long, and of which kind the histograms are. */
export class Scope {
  constructor(private readonly options: ScopeOptions) {}

  get histograms(): HistogramKind {
    return this.options.histograms ?? 'classic';
  }

  series(name: string, ...more: readonly string[]): string {
    const { of = AEROSPIKE_ONLY, matchers = [] } = this.options;
    return `${name}{${[of, ...matchers, ...more].join(', ')}}`;
  }

  /** What a series grows by in a second. */
  rate(series: string): string {
    return `rate(${series}[${this.options.range}])`;
  }

  sum(by: readonly Label[], vector: string): string {
    const labels = [...(this.options.keep ?? []), ...by];
    return labels.length > 0 ? `sum by (${labels.join(', ')}) (${vector})` : `sum(${vector})`;
  }
}
