import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { diag } from '@opentelemetry/api';
import * as Aerospike from 'aerospike';
import { AerospikeInstrumentation } from '../src';
import { CLIENT_OPERATIONS } from '../src/aerospike/client-operations';
import { programPath, runNode } from './support/program';
import { Telemetry } from './support/telemetry';

type Methods = Record<string, (...args: unknown[]) => Promise<unknown>>;

const prototype = Aerospike.Client.prototype as unknown as Methods;
/** An older client lacks some of the methods. */
const METHODS = [...Object.keys(CLIENT_OPERATIONS), 'asExec'].filter(name => name in prototype);
const key = new Aerospike.Key('test', 'patching', 'k');

function method(name: string): Methods[string] {
  const found = prototype[name];
  assert.ok(found);
  return found;
}

function snapshot(methods: Methods = prototype): PropertyDescriptorMap {
  return Object.getOwnPropertyDescriptors(methods);
}

/** Makes an operation that fails without a server. */
async function makeOperation(): Promise<void> {
  await assert.rejects(Aerospike.client({ hosts: 'localhost:3000' }).get(key));
}

describe('AerospikeInstrumentation', () => {
  const bare = snapshot();

  afterEach(() => {
    assert.deepEqual(snapshot(), bare, 'every test leaves the client as it was');
  });

  it('instruments an aerospike that was loaded before it', async () => {
    const telemetry = new Telemetry();
    for (const name of METHODS) assert.notEqual(prototype[name], bare[name]?.value, name);
    await makeOperation();
    assert.equal((await telemetry.counts()).length, 1);
    await telemetry.shutdown();
  });

  it('leaves the client alone when it is created disabled', () => {
    const instrumentation = new AerospikeInstrumentation({ enabled: false });
    assert.equal(instrumentation.isEnabled(), false);
    assert.deepEqual(snapshot(), bare);
  });

  it('restores every method when it is disabled, and measures again when enabled again', async () => {
    const telemetry = new Telemetry();
    telemetry.instrumentation.disable();
    assert.deepEqual(snapshot(), bare);
    await makeOperation();
    assert.deepEqual(await telemetry.counts(), []);

    telemetry.instrumentation.enable();
    await makeOperation();
    assert.deepEqual(
      (await telemetry.counts()).map(([, count]) => count),
      [1],
    );
    await telemetry.shutdown();
  });

  it('may be enabled and disabled more than once in a row', async () => {
    const telemetry = new Telemetry();
    telemetry.instrumentation.enable();
    telemetry.instrumentation.instrumentModule(Aerospike);
    await makeOperation();
    assert.deepEqual(
      (await telemetry.counts()).map(([, count]) => count),
      [1],
    );
    telemetry.instrumentation.disable();
    telemetry.instrumentation.disable();
    assert.deepEqual(snapshot(), bare);
    await telemetry.shutdown();
  });

  it('measures once, and not while disabled, where somebody else has wrapped a method over it', async () => {
    const telemetry = new Telemetry();
    const ours = method('get');
    prototype.get = function (this: unknown, ...args: unknown[]) {
      return ours.apply(this, args);
    };
    const theirs = prototype.get;

    telemetry.instrumentation.disable();
    assert.equal(prototype.get, theirs, 'the wrapper of somebody else stays');
    await makeOperation();
    assert.deepEqual(await telemetry.counts(), []);

    telemetry.instrumentation.enable();
    await makeOperation();
    assert.deepEqual(
      (await telemetry.counts()).map(([, count]) => count),
      [1],
    );

    prototype.get = ours;
    await telemetry.shutdown();
  });

  it('measures into each of two instrumentations, and the client answers as before', async () => {
    const first = new Telemetry();
    const second = new Telemetry();
    await makeOperation();
    assert.equal((await first.counts()).length, 1);
    assert.equal((await second.counts()).length, 1);
    await second.shutdown();
    await first.shutdown();
  });

  it('only passes calls on as long as no MeterProvider is there', async () => {
    const instrumentation = new AerospikeInstrumentation();
    await makeOperation();
    instrumentation.disable();
  });

  it('leaves alone, and says so through diag, a client that cannot be patched', async () => {
    class FrozenClient {
      get(): string {
        return 'got';
      }
    }
    Object.freeze(FrozenClient.prototype);
    const errors: string[] = [];
    const ignore = () => undefined;
    diag.setLogger(
      {
        error: message => errors.push(message),
        warn: ignore,
        info: ignore,
        debug: ignore,
        verbose: ignore,
      },
      { suppressOverrideMessage: true },
    );
    const telemetry = new Telemetry();
    telemetry.instrumentation.instrumentModule({ Client: FrozenClient });
    assert.equal(new FrozenClient().get(), 'got');
    diag.disable();
    assert.equal(errors.length, 1);
    assert.match(errors[0] ?? '', /a client could not be instrumented/);
    await telemetry.shutdown();
  });

  it('patches the others when there is a client that cannot be patched', () => {
    class FrozenClient {
      get(): undefined {
        return undefined;
      }
    }
    Object.freeze(FrozenClient.prototype);
    const instrumentation = new AerospikeInstrumentation({ enabled: false });
    instrumentation.instrumentModule({ Client: FrozenClient });
    instrumentation.enable();
    for (const name of METHODS) assert.notEqual(prototype[name], bare[name]?.value, name);
    instrumentation.disable();
  });

  it('is not misled by files of the application that are named like those of the client', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'patching-'));
    const load = createRequire(__filename);
    /** A class of the application, from a package of this description or none. */
    const loadTheirs = (name: string, description?: object): Methods => {
      const lib = join(folder, name, 'aerospike', 'lib');
      mkdirSync(lib, { recursive: true });
      writeFileSync(join(lib, 'client.js'), 'module.exports = class { get() {} };');
      if (description !== undefined) {
        writeFileSync(join(lib, '..', 'package.json'), JSON.stringify(description));
      }
      return (load(join(lib, 'client.js')) as { prototype: Methods }).prototype;
    };
    try {
      const theirs = [
        loadTheirs('without'),
        loadTheirs('with', { name: 'our-aerospike', version: '6.7.1' }),
      ];
      const before = theirs.map(methods => snapshot(methods));
      const telemetry = new Telemetry();
      assert.deepEqual(
        theirs.map(methods => snapshot(methods)),
        before,
      );
      await makeOperation();
      assert.equal((await telemetry.counts()).length, 1);
      await telemetry.shutdown();
    } finally {
      for (const file of Object.keys(load.cache)) {
        if (file.startsWith(folder)) Reflect.deleteProperty(load.cache, file);
      }
      rmSync(folder, { recursive: true });
    }
  });

  it('reads no export of a module that is not of the client', async () => {
    const load = createRequire(__filename);
    const id = join(__dirname, 'an application that is being loaded.cjs');
    const exports = Object.defineProperty({}, 'default', {
      get: () => assert.fail('its default export was read'),
    });
    load.cache[id] = { exports } as NodeJS.Module;
    try {
      const telemetry = new Telemetry();
      await makeOperation();
      assert.equal((await telemetry.counts()).length, 1);
      await telemetry.shutdown();
    } finally {
      Reflect.deleteProperty(load.cache, id);
    }
  });

  it('skips the methods that a client does not have', () => {
    class OldClient {
      get(): string {
        return 'got';
      }
    }
    const telemetry = new Telemetry();
    telemetry.instrumentation.instrumentModule({ Client: OldClient });
    assert.equal(new OldClient().get(), 'got');
    assert.deepEqual(Object.getOwnPropertyNames(OldClient.prototype), ['constructor', 'get']);
    return telemetry.shutdown();
  });
});

describe('instrumentModule', () => {
  it('takes the exports of the module, or a namespace object with them as default', async () => {
    class BundledClient {
      asExec(): void {
        return undefined;
      }
      get(): string {
        return 'got';
      }
    }
    const { get } = BundledClient.prototype as unknown as Methods;
    for (const bundled of [{ Client: BundledClient }, { default: { Client: BundledClient } }]) {
      const telemetry = new Telemetry();
      telemetry.instrumentation.instrumentModule(bundled);
      assert.notEqual(Reflect.get(BundledClient.prototype, 'get'), get);
      await telemetry.shutdown();
      assert.equal(Reflect.get(BundledClient.prototype, 'get'), get);
    }
  });

  it('patches nothing until the instrumentation is enabled', async () => {
    class BundledClient {
      get(): string {
        return 'got';
      }
    }
    const { get } = BundledClient.prototype as unknown as Methods;
    const telemetry = new Telemetry();
    telemetry.instrumentation.disable();
    telemetry.instrumentation.instrumentModule({ Client: BundledClient });
    assert.equal(Reflect.get(BundledClient.prototype, 'get'), get);
    telemetry.instrumentation.enable();
    assert.notEqual(Reflect.get(BundledClient.prototype, 'get'), get);
    await telemetry.shutdown();
  });

  it('says what it expects when it is given anything else', () => {
    const instrumentation = new AerospikeInstrumentation({ enabled: false });
    const wrongOnes: unknown[] = [null, undefined, 'x', {}, { Client: 'x' }, { default: null }, []];
    for (const wrong of [...wrongOnes, () => undefined]) {
      assert.throws(() => {
        instrumentation.instrumentModule(wrong as object);
      }, /TypeError: instrumentModule: expected the exports of the 'aerospike' module/);
    }
  });
});

describe('two copies of aerospike in one process', () => {
  const directory = resolve(__dirname, '../second-copy');
  const copy = join(directory, 'node_modules', 'aerospike');

  /** The files of the package, of its native binaries only that for this Node.js. */
  before(() => {
    const source = dirname(require.resolve('aerospike/package.json'));
    rmSync(directory, { recursive: true, force: true });
    mkdirSync(copy, { recursive: true });
    cpSync(source, copy, {
      recursive: true,
      filter: file =>
        !file.startsWith(join(source, 'lib', 'binding', 'node-')) ||
        file.includes(`node-v${process.versions.modules}-`),
    });
  });

  after(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  it('are both measured, both restored, and both measured again', async () => {
    const { code, stdout, stderr } = await runNode(programPath('two-copies.cjs'), copy);
    assert.deepEqual([code, stdout], [0, '[["get",4,"Connection"]]\n'], stderr);
  });
});
