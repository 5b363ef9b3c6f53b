import { loadAerospikeCopy } from '../clients/aerospike-copy.mjs';
import { stubClient } from '../clients/stub-client.mjs';

/** A client without a server, and an operation of it on each of several sets. */
export function operationsOnSets(instrument = () => undefined) {
  const aerospike = loadAerospikeCopy();
  instrument(aerospike);
  const client = stubClient(aerospike);
  return async sets => {
    for (const set of sets) await client.get(new aerospike.Key('test', set, 'key'));
  };
}
