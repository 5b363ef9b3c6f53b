import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { diag, DiagLogLevel } from '@opentelemetry/api';
import * as Aerospike from 'aerospike';
import { AerospikeInstrumentation } from '../src';
import type { AerospikeRequestInfo, AerospikeResponseInfo } from '../src';
import { TestClient } from './support/client';
import { Telemetry } from './support/telemetry';
import { Tracing } from './support/tracing';

const SET = 'span-options';

describe('the option', () => {
  const test = new TestClient(SET);
  let telemetry: Telemetry;
  let tracing: Tracing;

  before(() => test.open());
  after(() => test.close());

  beforeEach(async () => {
    await test.reset();
    telemetry = new Telemetry();
    tracing = new Tracing();
    telemetry.instrumentation.setTracerProvider(tracing.provider);
  });
  afterEach(async () => {
    await telemetry.shutdown();
    await tracing.shutdown();
  });

  const missing = () => assert.rejects(test.connected.get(test.keys.missing));

  describe('requestHook', () => {
    it('adds to the span of an operation that starts', async () => {
      const infos: AerospikeRequestInfo[] = [];
      telemetry.instrumentation.setConfig({
        requestHook: (span, info) => {
          infos.push(info);
          span.setAttribute('application.key', 'of the hook');
        },
      });
      await test.connected.get(test.keys.existing);
      assert.deepEqual(infos, [
        {
          operation: 'get',
          namespace: 'test',
          set: SET,
          storedProcedure: undefined,
          args: [test.keys.existing],
        },
      ]);
      assert.equal(tracing.spans[0]?.attributes['application.key'], 'of the hook');
    });
  });

  describe('responseHook', () => {
    it('adds to the span of an operation that has succeeded', async () => {
      const infos: AerospikeResponseInfo[] = [];
      telemetry.instrumentation.setConfig({
        returnedRows: true,
        responseHook: (span, info) => {
          infos.push(info);
          span.setAttribute('application.rows', info.returnedRows ?? -1);
        },
      });
      await test.connected.batchRead([{ key: test.keys.existing }]);
      assert.equal(infos.length, 1);
      assert.equal(infos[0]?.error, undefined);
      assert.equal(tracing.spans[0]?.attributes['application.rows'], 1);
    });
  });

  it('requestHook or responseHook may throw: it is logged, and the operation goes on', async () => {
    const logged: unknown[][] = [];
    const log = (...message: unknown[]) => logged.push(message);
    diag.setLogger(
      { error: log, warn: log, info: () => 0, debug: () => 0, verbose: () => 0 },
      DiagLogLevel.ALL,
    );
    try {
      const error = new Error('of the hook');
      const broken = () => {
        throw error;
      };
      telemetry.instrumentation.setConfig({ requestHook: broken, responseHook: broken });
      assert.equal((await test.connected.get(test.keys.existing)).bins.n, 1);
      assert.deepEqual(
        logged.map(([message]) => message),
        ['requestHook', 'responseHook'].map(
          hook => `opentelemetry-instrumentation-aerospike: the ${hook} threw an error`,
        ),
      );
      assert.equal(tracing.spans.length, 1);
    } finally {
      diag.disable();
    }
  });

  it('captureErrorMessages puts the message of an error into the status of its span', async () => {
    await missing();
    telemetry.instrumentation.setConfig({ captureErrorMessages: true });
    await missing();
    const [without, withMessage] = tracing.spans.map(({ status }) => status.message);
    assert.equal(without, undefined);
    assert.match(withMessage ?? '', /does not exist/);
  });

  it('requestHook gets a list of arguments of its own', async () => {
    telemetry.instrumentation.setConfig({
      requestHook: (_span, { args }) => {
        (args as unknown[]).splice(0);
      },
    });
    assert.equal((await test.connected.get(test.keys.existing)).bins.n, 1);
  });

  it('of OpenTelemetry that this package does not know are passed on', () => {
    const instrumentation = new AerospikeInstrumentation({ enabled: false, ...{ future: 1 } });
    assert.equal('future' in instrumentation.getConfig(), true);
  });

  const WRONG: Record<string, [options: object, message: RegExp]> = {
    tracing: [{ tracing: 'yes' }, /^tracing must be true or false, not 'yes'$/],
    enabled: [{ enabled: 1 }, /^enabled must be true or false, not 1$/],
    requireParentSpan: [{ requireParentSpan: null }, /^requireParentSpan must be true or false/],
    captureErrorMessages: [{ captureErrorMessages: 0 }, /^captureErrorMessages must be true or f/],
    requestHook: [{ requestHook: 'hook' }, /^requestHook must be a function, not 'hook'$/],
    responseHook: [{ responseHook: {} }, /^responseHook must be a function, not \{\}$/],
    'a misspelled name': [
      { traceing: true },
      /^unknown option 'traceing': did you mean 'tracing'\?$/,
    ],
    returnedRows: [{ returnedRows: 1 }, /^returnedRows must be true or false, not 1$/],
    metricProducer: [
      { metricProducer: { series: () => undefined } },
      /^metricProducer must be an AerospikeMetricProducer/,
    ],
  };
  for (const [option, [options, message]] of Object.entries(WRONG)) {
    it(`${option} is refused when it is wrong, and what was configured stays`, () => {
      assert.throws(() => new AerospikeInstrumentation({ enabled: false, ...options }), {
        name: 'TypeError',
        message,
      });
      const before = telemetry.instrumentation.getConfig();
      assert.throws(() => {
        telemetry.instrumentation.setConfig(options);
      }, TypeError);
      assert.equal(telemetry.instrumentation.getConfig(), before);
    });
  }
});

describe('telemetry', () => {
  const MARKER = 'zZmarkerZz';
  const test = new TestClient(SET);

  before(() => test.open());
  after(() => test.close());

  it('has nothing of keys, bins, values, users, passwords, UDF arguments and error messages', async () => {
    const telemetry = new Telemetry();
    const tracing = new Tracing();
    const infos: unknown[] = [];
    telemetry.instrumentation.setTracerProvider(tracing.provider);
    telemetry.instrumentation.setConfig({
      requestHook: (_span, info) => {
        if (/user|password|role|privilege/.test(info.operation)) infos.push(info);
      },
      responseHook: (_span, info) => {
        if (/user|password|role|privilege/.test(info.operation)) infos.push(info);
      },
    });
    const { connected } = test;
    const key = new Aerospike.Key('test', SET, MARKER);
    const bin = `b${MARKER}`;
    const udf = { module: 'instrumentation', funcname: 'fail', args: [MARKER] };
    const calls: (() => Promise<unknown>)[] = [
      () =>
        connected.put(key, { [bin]: MARKER }, null, { key: Aerospike.policy.key.SEND } as never),
      () => connected.get(key),
      () => connected.select(key, [bin]),
      () => connected.operate(key, [Aerospike.operations.incr(bin, 1)]),
      () => connected.apply(key, udf),
      () => connected.batchRead([{ key, bins: [bin] }]),
      () => connected.batchApply([key], udf),
      () => connected.query('test', SET, { select: [bin] }).results(),
      () => connected.query('test', SET).apply('instrumentation', MARKER.toLowerCase(), [MARKER]),
      () => connected.infoAny(MARKER),
      () => connected.udfRegister(resolve(MARKER)),
      () => connected.changePassword(MARKER, MARKER, null),
      () => connected.createUser(MARKER, MARKER, [MARKER], null),
      () => connected.queryUser(MARKER, null),
      () => connected.get({ ns: 'test', set: SET, key: { [MARKER]: MARKER } } as never),
    ];
    for (const call of calls) {
      await Promise.resolve()
        .then(call)
        .catch(() => undefined);
    }
    await connected.remove(key);
    const exported = JSON.stringify({
      metrics: await telemetry.scopes(),
      spans: tracing.spans.map(({ name, attributes, status, events }) => {
        return { name, attributes, status, events };
      }),
      credentials: infos,
    });
    await telemetry.shutdown();
    await tracing.shutdown();
    assert.ok(tracing.spans.length === 0);
    assert.ok(exported.includes('"create_user"') && exported.includes('"put"'), exported);
    assert.equal(exported.includes(MARKER), false, exported);
  });
});
