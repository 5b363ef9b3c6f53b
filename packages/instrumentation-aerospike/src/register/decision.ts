/** Where a registration records. */
export type Decision =
  /** Nowhere: no client is there yet. */
  | 'waiting'
  /** Into an SDK of our own, which serves or exports. */
  | 'serving'
  /** Into the MeterProvider that the application has registered. */
  | 'joined'
  /** Nowhere: an instrumentation of the application's records all of it. */
  | 'left';

/** What the decision follows from. */
export interface Facts {
  readonly hasClient: boolean;
  /** Whether a MeterProvider is registered that does something with what is measured. */
  readonly hasMeterProvider: boolean;
  /** Whether an instrumentation of the application's records into a metric producer that it has made for an SDK. */
  readonly hasProducer: boolean;
}

/** What follows from what. What the application has set up once stays so: nobody takes a MeterProvider away again. */
export function decide(current: Decision, facts: Facts): Decision {
  if (current === 'left' || !facts.hasClient) return current;
  if (current === 'joined' || facts.hasMeterProvider) return facts.hasProducer ? 'left' : 'joined';
  return 'serving';
}
