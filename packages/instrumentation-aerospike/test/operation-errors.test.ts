import assert from 'node:assert/strict';
import { once } from 'node:events';
import * as Aerospike from 'aerospike';
import type { AerospikeOperationError } from '../src';
import { CALLS, isPossible } from './support/calls';
import { TestClient } from './support/client';
import { STYLES, type Outcome } from './support/outcome';
import { Telemetry } from './support/telemetry';
import { Tracing } from './support/tracing';

/** What {@link Outcome} has of an error. */
type ErrorOutcome = Partial<AerospikeOperationError> & { readonly class: string };

const FAILING = Object.values(CALLS)
  .flat()
  .filter(made => made.failure !== undefined && isPossible(made));

describe('the error that a responseHook gets', () => {
  const test = new TestClient('operation-errors');
  let telemetry: Telemetry;
  let tracing: Tracing;
  let errors: (AerospikeOperationError | undefined)[];

  before(async () => {
    await test.open();
    telemetry = new Telemetry();
    tracing = new Tracing();
    telemetry.instrumentation.setTracerProvider(tracing.provider);
    telemetry.instrumentation.setConfig({
      captureErrorMessages: true,
      responseHook: (_span, { error }) => {
        errors.push(error);
      },
    });
  });
  after(async () => {
    await telemetry.shutdown();
    await tracing.shutdown();
    await test.close();
  });

  beforeEach(async () => {
    await test.reset();
    errors = [];
    tracing.clear();
  });

  /** The hook and the span say of the one operation there was what an error says. */
  function assertTold(expected: AerospikeOperationError): void {
    assert.deepEqual(errors, [expected]);
    assert.deepEqual(
      tracing.operations.map(({ status }) => status.message),
      [expected.message],
    );
  }

  function assertToldOf({ values }: Outcome): void {
    const [error] = values as [ErrorOutcome | [name: string, code: number]];
    if (Array.isArray(error)) {
      // An aggregation fails in two places at once; which of them makes the error is chance.
      assert.deepEqual([errors[0]?.name, errors[0]?.code], error);
      return;
    }
    const { class: name, code, message = '', inDoubt = false } = error;
    // An error of Node.js has a text for a code.
    assertTold({ name, code: typeof code === 'number' ? code : undefined, message, inDoubt });
  }

  for (const made of FAILING) {
    for (const style of STYLES) {
      it(`says of ${made.title} in ${style} style what the application reads`, async () => {
        assertToldOf(await test.make(made, style));
      });

      it(`says of ${made.title} on a closed client in ${style} style what the application reads`, async () => {
        const closed = Aerospike.client({ hosts: test.hosts });
        assertToldOf(await test.make(made, style, closed));
      });
    }
  }

  it('has a sentence in place of the name of the status', async () => {
    await assert.rejects(test.connected.get(test.keys.missing));
    assert.equal(errors[0]?.message, `${test.hosts} ${Aerospike.status.getMessage(2)}`);
  });

  it('says of a stream what its listener reads', async () => {
    const query = test.connected.query('test', test.set);
    query.where(Aerospike.filter.equal('no-index', 1));
    const [error] = (await once(query.foreach(), 'end').catch((thrown: unknown) => [thrown])) as [
      Aerospike.AerospikeError,
    ];
    const { name, code, message, inDoubt } = error;
    assert.equal(code, 201);
    assertTold({ name, code, message, inDoubt: inDoubt === true });
  });

  it('is made by the copy of the client that failed, which somebody may have given', () => {
    const AerospikeError = {
      fromASError: ({ code }: { code: number }) => {
        return { name: 'AerospikeError', code, message: 'in words', inDoubt: false };
      },
    };
    failOnceWith({ AerospikeError });
    assertTold({ name: 'AerospikeError', code: 2, message: 'in words', inDoubt: false });
  });

  it('is what the native client reports where that copy cannot be found', () => {
    failOnceWith({});
    assert.equal(errors[0]?.message, 'AEROSPIKE_ERR');
  });

  /** Fails on a client of another copy, which exports this too. */
  function failOnceWith(exported: object): void {
    class Client {
      isConnected(): boolean {
        return true;
      }
      asExec(_command: string, [callback]: [(error: object) => void]): void {
        callback({ code: 2, message: 'AEROSPIKE_ERR' });
      }
      get(): void {
        this.asExec('getAsync', [() => undefined]);
      }
    }
    telemetry.instrumentation.instrumentModule({ Client, ...exported });
    new Client().get();
  }
});
