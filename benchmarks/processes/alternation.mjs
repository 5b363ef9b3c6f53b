/* In a process of its own: what one instrumentation adds to an operation. */
import { deepStrictEqual } from 'node:assert';
import { loadAerospikeCopy } from '../clients/aerospike-copy.mjs';
import { alternate } from '../clients/alternation.mjs';
import { stubClient } from '../clients/stub-client.mjs';
import * as bareWorkload from '../clients/workload.mjs?bare';
import * as instrumentedWorkload from '../clients/workload.mjs?instrumented';
import { createInstrumentation, INSTRUMENTATIONS } from '../instrumentations/index.mjs';
import { options, report } from './child.mjs';

const PROBES = 3;

/** The operations of two drivers: one that nothing has touched, and one that is instrumented. */
async function driversOf(id, hosts) {
  const connect = aerospike =>
    hosts === undefined ? stubClient(aerospike) : aerospike.connect({ hosts });
  // Some hook everything that is loaded after them, so the bare client comes first.
  const bareAerospike = loadAerospikeCopy();
  const bareClient = await connect(bareAerospike);
  const instrumentation = await createInstrumentation(id);
  if (instrumentation.ownDrivers) return { instrumentation, ...instrumentation.ownDrivers() };
  const aerospike = loadAerospikeCopy();
  instrumentation.instrument(aerospike);
  const client = await connect(aerospike);
  return {
    instrumentation,
    bare: bareWorkload.operationsOf(bareAerospike, bareClient),
    instrumented: instrumentedWorkload.operationsOf(aerospike, client),
  };
}

/** Sees whether an instrumentation records what it promises. */
async function verify(id, { durations = () => 0, spans = () => 0 }, operation) {
  for (let probe = 0; probe < PROBES; probe++) await operation(probe);
  const promised = INSTRUMENTATIONS[id];
  deepStrictEqual(
    { durations: await durations(), spans: await spans() },
    { durations: promised.durations ? PROBES : 0, spans: promised.spans ? PROBES : 0 },
    `${id} does not record what it should`,
  );
}

const { id, operations, hosts, ...blocks } = options();
const { instrumentation, bare, instrumented } = await driversOf(id, hosts);
const result = {};
for (const operation of operations) {
  if (operation === operations[0]) await verify(id, instrumentation, instrumented[operation]);
  result[operation] = await alternate(
    block => bareWorkload.runBlock(bare[operation], block),
    block => instrumentedWorkload.runBlock(instrumented[operation], block),
    blocks,
  );
}
report(result);
