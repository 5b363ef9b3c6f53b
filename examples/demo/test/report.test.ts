import assert from 'node:assert/strict';
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { quantile, Reporter } from '../src/report';

const boundaries = [1, 2, 4];

describe("the demo's numbers", () => {
  const buckets = { boundaries, counts: [0, 5, 4, 1] };

  it('takes the calls of a bucket to be spread evenly over it', () => {
    assert.equal(quantile(0.25, buckets), 1.5);
    assert.equal(quantile(0.5, buckets), 2);
    assert.equal(quantile(0.7, buckets), 3);
  });

  it('takes the calls above the last boundary to be on it', () => {
    assert.equal(quantile(0.99, buckets), 4);
  });

  it('has no quantile of nothing', () => {
    assert.equal(quantile(0.5, { boundaries, counts: [0, 0, 0, 0] }), undefined);
  });

  it('has the quantiles of what came since the last report, and counts from the start', async () => {
    const reader = new PrometheusExporter({ preventServerStart: true });
    const histogram = new MeterProvider({ readers: [reader] })
      .getMeter('test')
      .createHistogram('db_client_operation_duration_seconds', {
        advice: { explicitBucketBoundaries: boundaries },
      });
    const record = (seconds: number, operation: string, errorType?: string) => {
      histogram.record(seconds, {
        'db.namespace': 'test',
        'db.operation.name': operation,
        ...(errorType !== undefined && { 'error.type': errorType }),
      });
    };

    record(3, 'get');
    record(3, 'get', 'Timeout');
    const reporter = await Reporter.start(reader);
    record(1.5, 'get', 'Timeout');
    record(1.5, 'put', 'FilteredOut');
    const { operations, all } = await reporter.latest();

    const numbers = [...operations, all].map(({ operation, p50, count, errors }) => ({
      operation,
      p50,
      count,
      errors,
    }));
    assert.deepEqual(numbers, [
      { operation: 'get', p50: 1.5, count: 3, errors: { Timeout: 2 } },
      { operation: 'put', p50: 1.5, count: 1, errors: { FilteredOut: 1 } },
      { operation: 'all', p50: 1.5, count: 4, errors: { Timeout: 2, FilteredOut: 1 } },
    ]);
  });
});
