/** Other instrumentations of databases use the same metrics. */
export const AEROSPIKE_ONLY = 'db_system_name="aerospike"';

/** The labels of operations that this instrumentation and aerospike-py share, and the one of the buckets. */
export type OperationLabel =
  'db_namespace' | 'db_collection_name' | 'db_operation_name' | 'error_type' | 'le';

/** Those of the client's own state. The name of a pool is the address and the port of its node. */
export type ClientLabel =
  | 'db_client_connection_pool_name'
  | 'db_client_connection_state'
  | 'aerospike_client_command_state'
  | 'aerospike_client_node_event'
  | 'aerospike_node_name'
  | 'server_address'
  | 'server_port';

export type Label = OperationLabel | ClientLabel | 'job' | 'instance';

/** How Prometheus has stored the durations: as series with `le`, or each histogram as one series. */
export type HistogramKind = 'classic' | 'native';
export const HISTOGRAM_KINDS = ['classic', 'native'] as const;

export interface ScopeOptions {
  /** The one switch between the queries of classic and those of native histograms. Default: classic. */
  readonly histograms?: HistogramKind;
  /** What the series are of. Default: Aerospike. */
  readonly of?: string;
  /** What the series must have. */
  readonly matchers?: readonly string[];
  /** What those of operations must have beside that. */
  readonly operationMatchers?: readonly string[];
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

  /** What is all about something else than Aerospike, over the same time. */
  of(matcher: string): Scope {
    return new Scope({ ...this.options, of: matcher });
  }

  series(name: string, ...more: readonly string[]): string {
    const { of = AEROSPIKE_ONLY, matchers = [] } = this.options;
    return `${name}{${[of, ...matchers, ...more].join(', ')}}`;
  }

  operations(name: string, ...more: readonly string[]): string {
    return this.series(name, ...(this.options.operationMatchers ?? []), ...more);
  }

  /** What a series grows by in a second. */
  rate(series: string): string {
    return `rate(${series}[${this.options.range}])`;
  }

  /** What a counter has grown by. */
  increase(series: string): string {
    return `increase(${series}[${this.options.range}])`;
  }

  sum(by: readonly Label[], vector: string): string {
    return this.aggregate('sum', by, vector);
  }

  aggregate(operator: 'sum' | 'min' | 'max', by: readonly Label[], vector: string): string {
    const labels = [...(this.options.keep ?? []), ...by];
    const grouping = labels.length > 0 ? ` by (${labels.join(', ')}) ` : '';
    return `${operator}${grouping}(${vector})`;
  }
}
