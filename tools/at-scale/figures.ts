export type HistogramKind = 'classic' | 'native';

/** What a kind of histograms costs; measured by test/interop/at-scale/figures.test.ts, which prints and checks it. */
export interface Figures {
  /** Series in Prometheus for each combination of operation, namespace, set and error. */
  readonly series: number;
  /** Other series of an instance whose cluster has one node: the client's own state, and what Prometheus adds. */
  readonly others: number;
  /** Bytes of an answer for each combination, as it goes over the network, compressed. */
  readonly bytes: number;
  /** Bytes of memory that Prometheus needs for each series. */
  readonly memory: number;
  /** Seconds of CPU that Prometheus needs to scrape an instance, for each combination. */
  readonly scrape: number;
}

/** With Prometheus 3.5 on a core of a server (AMD EPYC), the default boundaries, and some ten native buckets in use. */
export const FIGURES: Readonly<Record<HistogramKind, Figures>> = {
  classic: { series: 12, others: 20, bytes: 84, memory: 2950, scrape: 24e-6 },
  native: { series: 1, others: 20, bytes: 61, memory: 7200, scrape: 13e-6 },
};

/** Series for each further node: the client's connections (5) and errors, timeouts and busy keys. */
export const SERIES_PER_NODE = 8;
