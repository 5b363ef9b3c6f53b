// Makes an operation with each of two copies of aerospike, while instrumented and while not. It has a process of its
// own, since one that has loaded the native part twice crashes at its first command to a server.
const assert = require('node:assert/strict');
const first = require('aerospike');
const { instrumentation } = require('./telemetry.cjs');
const second = require(process.argv[2]);

assert.notEqual(first.Client, second.Client);
const originals = new Map();

async function makeOperations() {
  for (const { client, Key } of [first, second]) {
    await client({ hosts: 'localhost:3000' })
      .get(new Key('test', 'programs', 'k'))
      .catch(() => undefined);
  }
}

makeOperations().then(async () => {
  instrumentation.disable();
  for (const { Client } of [first, second]) originals.set(Client, Client.prototype.get);
  await makeOperations();
  instrumentation.enable();
  for (const [{ prototype }, original] of originals) assert.notEqual(prototype.get, original);
  await makeOperations();
});
