/** Where a registration records once a client is there. */
export type Decision =
  /** Into an SDK of our own, which serves or exports. */
  | 'serving'
  /** Into the MeterProvider that the application has registered. */
  | 'joinedProvider'
  /** Nowhere: an instrumentation of the application's records all of it. */
  | 'leftToApplication';

/** What the decision follows from. */
export interface Facts {
  /** Whether a MeterProvider is registered that does something with what is measured. */
  readonly hasMeterProvider: boolean;
  /** Whether an instrumentation of the application's records into a metric producer that it has made for an SDK. */
  readonly hasProducer: boolean;
}

/** What follows from what. What the application has set up once stays so: nobody takes a MeterProvider away again. */
export function decide(current: Decision | undefined, facts: Facts): Decision {
  if (current === 'leftToApplication') return current;
  if (current === 'joinedProvider' || facts.hasMeterProvider)
    return facts.hasProducer ? 'leftToApplication' : 'joinedProvider';
  return 'serving';
}
