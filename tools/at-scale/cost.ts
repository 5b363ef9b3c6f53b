import { FIGURES, SERIES_PER_NODE, type HistogramKind } from './figures';

/** The reader's own numbers. */
export interface Fleet {
  readonly instances: number;
  /** Combinations of operation, namespace, set and error that an instance has used. */
  readonly combinations: number;
  /** Nodes of the Aerospike cluster. */
  readonly nodes: number;
  /** Seconds between two scrapes. */
  readonly interval: number;
  /** How often all instances are replaced in two to three hours, which is how long Prometheus keeps series in memory. */
  readonly rollouts: number;
}

/** What it costs to scrape a fleet. */
export interface Cost {
  readonly seriesOfInstance: number;
  readonly series: number;
  readonly samplesPerSecond: number;
  /** Bytes, in Prometheus, with the series of instances that have been replaced. */
  readonly memory: number;
  /** Cores of Prometheus at work, for scraping alone. */
  readonly cores: number;
  /** Seconds of CPU for one scrape of one instance. */
  readonly scrape: number;
  /** Series that a quantile over all instances is computed from, if no rule has recorded it. */
  readonly seriesOfQuantile: number;
  /** Bytes of one answer, compressed. */
  readonly answer: number;
  /** Bytes per second over the network. */
  readonly network: number;
}

export function costOf(fleet: Fleet, kind: HistogramKind): Cost {
  const { instances, combinations, nodes, interval, rollouts } = fleet;
  const { series, others, bytes, memory, scrape } = FIGURES[kind];
  const seriesOfDurations = combinations * series;
  const seriesOfState = others + (nodes - 1) * SERIES_PER_NODE;
  const seriesOfInstance = seriesOfDurations + seriesOfState;
  // Those of the client's own state are numbers, whichever kind the histograms are of.
  const { classic } = FIGURES;
  const perInstance = seriesOfDurations * memory + seriesOfState * classic.memory;
  const perScrape = combinations * scrape + (seriesOfState / classic.series) * classic.scrape;
  const answer = combinations * bytes + (seriesOfState / classic.series) * classic.bytes;
  return {
    seriesOfInstance,
    series: instances * seriesOfInstance,
    samplesPerSecond: (instances * seriesOfInstance) / interval,
    memory: instances * (1 + rollouts) * perInstance,
    cores: (instances * perScrape) / interval,
    scrape: perScrape,
    // Those of the buckets: all but sum and count.
    seriesOfQuantile: instances * combinations * (kind === 'classic' ? series - 2 : series),
    answer,
    network: (instances * answer) / interval,
  };
}
