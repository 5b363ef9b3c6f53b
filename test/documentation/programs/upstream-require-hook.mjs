/** What was found in OpenTelemetry's hook on `require`: `docs/upstream.md` shows it. */
import assert from 'node:assert/strict';
import Module, { createRequire } from 'node:module';
import { InstrumentationBase } from '@opentelemetry/instrumentation';

const require = createRequire(import.meta.url);

class InstrumentationOfNothing extends InstrumentationBase {
  constructor() {
    super('nothing', '1.0.0', {});
  }
  init() {
    return [];
  }
}

/** What libraries for fakes do while a test runs. */
function withFake(use) {
  const { _load } = Module;
  Module._load = (name, ...others) =>
    name === 'aerospike' ? { isFake: true } : _load(name, ...others);
  try {
    return use();
  } finally {
    Module._load = _load;
  }
}

/** Whether the fake is there, before, while and after it is in place. */
function seen() {
  const isFake = () => require('aerospike').isFake === true;
  return [isFake(), withFake(isFake), isFake()];
}

assert.deepEqual(seen(), [false, true, false]);
new InstrumentationOfNothing();
assert.deepEqual(seen(), [false, false, false]);
