/* In a process of its own: what one instrumentation adds to an operation. */
import { deepStrictEqual } from 'node:assert';
import { loadAerospikeCopy } from '../clients/aerospike-copy.mjs';
import { alternate } from '../clients/alternation.mjs';
import { realClient } from '../clients/real-client.mjs';
import { stubClient } from '../clients/stub-client.mjs';
import * as bareWorkload from '../clients/workload.mjs?bare';
import * as instrumentedWorkload from '../clients/workload.mjs?instrumented';
import { createInstrumentation, INSTRUMENTATIONS } from '../instrumentations/index.mjs';
import { options, report } from './child.mjs';

const PROBES = 3;
const ALL_KEYS = { size: bareWorkload.KEYS, inFlight: 64 };

/** The operations of two drivers: one that nothing has touched, and one that is instrumented. */
async function driversOf(id, hosts) {
  const connect = aerospike =>
    hosts === undefined ? stubClient(aerospike) : realClient(aerospike, hosts);
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
async function verify(id, instrumentation, operation) {
  const { durations = () => 0, spans = () => 0, endVerification } = instrumentation;
  const before = { durations: await durations(), spans: await spans() };
  for (let probe = 0; probe < PROBES; probe++) await operation(probe);
  const recorded = {
    durations: (await durations()) - before.durations,
    spans: (await spans()) - before.spans,
  };
  const promised = INSTRUMENTATIONS[id];
  deepStrictEqual(
    recorded,
    { durations: promised.durations ? PROBES : 0, spans: promised.spans ? PROBES : 0 },
    `${id} does not record what it should`,
  );
  endVerification?.();
}

const { id, operations, hosts, ...blocks } = options();
const { instrumentation, bare, instrumented } = await driversOf(id, hosts);
if (hosts !== undefined) await bareWorkload.runBlock(bare.put, ALL_KEYS);
await verify(id, instrumentation, instrumented[operations[0]]);
const result = {};
for (const operation of operations) {
  result[operation] = await alternate(
    block => bareWorkload.runBlock(bare[operation], block),
    block => instrumentedWorkload.runBlock(instrumented[operation], block),
    blocks,
  );
}
report(result);
