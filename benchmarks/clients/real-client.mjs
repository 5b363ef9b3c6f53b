/** A machine at work may take its time: a benchmark is not the place to give up. */
const PATIENT = { totalTimeout: 60_000, socketTimeout: 60_000 };

/** A client that is connected to a server. */
export function realClient(aerospike, hosts) {
  return aerospike.connect({
    hosts,
    connTimeoutMs: PATIENT.totalTimeout,
    maxConnsPerNode: 300,
    policies: {
      read: new aerospike.ReadPolicy(PATIENT),
      write: new aerospike.WritePolicy(PATIENT),
    },
  });
}
