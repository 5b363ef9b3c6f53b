import { SpanKind, SpanStatusCode, metrics, trace } from '@opentelemetry/api';
import { BOUNDARIES } from '../boundaries.mjs';
import { metricsSdk, tracingSdk } from '../telemetry.mjs';
import { wrapMethods } from './wrapped-methods.mjs';

/**
 * The plain way with the OpenTelemetry API: six attributes, recorded in a histogram and given to a span when the
 * promise settles.
 *
 * @param sdk whether there is one; without it the API does nothing
 */
export function create({ histogram: hasHistogram = false, spans: hasSpans = false, sdk = true }) {
  const recorded = sdk && hasHistogram ? metricsSdk() : undefined;
  const traced = sdk && hasSpans ? tracingSdk() : undefined;
  const histogram =
    hasHistogram &&
    (recorded?.meterProvider ?? metrics)
      .getMeter('benchmark')
      .createHistogram('db.client.operation.duration', {
        unit: 's',
        advice: { explicitBucketBoundaries: [...BOUNDARIES] },
      });
  const tracer = hasSpans && (traced?.tracerProvider ?? trace).getTracer('benchmark');

  const start = (operation, key) => {
    const startTime = performance.now();
    const attributes = {
      'db.system.name': 'aerospike',
      'db.namespace': key.ns,
      'db.collection.name': key.set,
      'db.operation.name': operation,
      'server.address': '127.0.0.1',
      'server.port': 3000,
    };
    const span =
      tracer &&
      tracer.startSpan(`${operation} ${key.ns}.${key.set}`, { kind: SpanKind.CLIENT, attributes });
    return error => {
      if (error !== undefined) attributes['error.type'] = error.constructor.name;
      if (histogram) histogram.record((performance.now() - startTime) / 1000, attributes);
      if (span) {
        if (error !== undefined) span.setStatus({ code: SpanStatusCode.ERROR });
        span.end();
      }
    };
  };
  return {
    instrument: aerospike => {
      wrapMethods(aerospike, start);
    },
    durations: recorded?.durations,
    spans: traced?.spans,
  };
}
