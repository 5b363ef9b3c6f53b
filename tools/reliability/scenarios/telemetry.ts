import assert from 'node:assert/strict';
import {
  createNoopMeter,
  diag,
  DiagLogLevel,
  type Meter,
  type MeterProvider,
  type Span,
  type Tracer,
  type TracerProvider,
} from '@opentelemetry/api';
import { makeCalls, ONCE } from '../commands';
import type { Scenario, World } from '../scenario';
import { register, registerSdk, serveMetrics, type Telemetry } from '../telemetry';

const broken = (): never => {
  throw new Error('broken');
};
const rejected = (): unknown => Promise.reject(new Error('broken'));

const BROKEN_HISTOGRAM = { createHistogram: () => ({ record: broken }) };

/** A MeterProvider whose meter is broken in one of its methods. */
function meterProviderWith(parts: Partial<Meter>): MeterProvider {
  // A meter of its own: the API's is one and the same for everybody who asks.
  const meter = Object.create(createNoopMeter()) as Meter;
  return { getMeter: () => Object.assign(meter, parts) };
}

function tracerProviderWith(startSpan: Tracer['startSpan']): TracerProvider {
  return { getTracer: () => ({ startSpan, startActiveSpan: broken }) };
}

/** A span that does nothing but fail. */
const BROKEN_SPAN = new Proxy({} as Span, { get: () => broken });

function registerMetrics(meterProvider: MeterProvider): Promise<Telemetry> {
  register({ meterProvider });
  return Promise.resolve({ measured: () => Promise.resolve([]) });
}

function failingTo(what: string, tracerProvider: TracerProvider): Scenario {
  return {
    title: `The TracerProvider throws when ${what}`,
    outcomes,
    says: 'the TracerProvider of the application fails',
    instrument: () => registerSdk({ tracerProvider }),
    run,
  };
}

const METERS_FAIL = 'the MeterProvider of the application fails';
const run = (world: World) => makeCalls(world, 10, ONCE);
const outcomes = ['ok'];

/** What is wrong with the application's own set-up of OpenTelemetry. */
export const TELEMETRY: readonly Scenario[] = [
  {
    title: 'The requestHook and the responseHook throw',
    outcomes,
    instrument: () => registerSdk({ config: { requestHook: broken, responseHook: broken } }),
    run,
  },
  {
    title: 'The requestHook and the responseHook are asynchronous, and reject',
    outcomes,
    instrument: () => registerSdk({ config: { requestHook: rejected, responseHook: rejected } }),
    run,
  },
  failingTo('it is asked for a tracer', { getTracer: broken }),
  failingTo('a span starts', tracerProviderWith(broken)),
  failingTo(
    'anything is done with a span',
    tracerProviderWith(() => BROKEN_SPAN),
  ),
  {
    title: 'Two instrumentations at the same time',
    outcomes,
    async instrument() {
      const [first, second] = [await registerSdk(), await serveMetrics()];
      return {
        ...first,
        async measured() {
          const measured = await first.measured();
          assert.deepEqual(await second.measured(), measured);
          return measured;
        },
      };
    },
    run,
  },
  {
    title: 'A view throws',
    outcomes,
    isUnmeasured: true,
    says: METERS_FAIL,
    instrument: () => registerSdk({ view: { attributesProcessors: [{ process: broken }] } }),
    run,
  },
  {
    title: 'The MeterProvider throws when it is asked for a meter',
    outcomes,
    isUnmeasured: true,
    says: METERS_FAIL,
    instrument: () => registerMetrics({ getMeter: broken }),
    run,
  },
  {
    title: 'The MeterProvider throws when it is asked for a histogram',
    outcomes,
    isUnmeasured: true,
    says: METERS_FAIL,
    instrument: () => registerMetrics(meterProviderWith({ createHistogram: broken })),
    run,
  },
  {
    title: 'The MeterProvider throws at each measurement',
    outcomes,
    isUnmeasured: true,
    says: METERS_FAIL,
    instrument: () => registerMetrics(meterProviderWith(BROKEN_HISTOGRAM)),
    run,
  },
  {
    title: 'The MeterProvider throws, and so does the logger that is told of it',
    outcomes,
    isUnmeasured: true,
    says: METERS_FAIL,
    instrument() {
      const logger = { error: broken, warn: broken, info: broken, debug: broken, verbose: broken };
      diag.setLogger(logger, { logLevel: DiagLogLevel.ERROR, suppressOverrideMessage: true });
      return registerMetrics(meterProviderWith(BROKEN_HISTOGRAM));
    },
    run,
  },
];
