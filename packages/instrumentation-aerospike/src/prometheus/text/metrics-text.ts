import { setImmediate } from 'node:timers/promises';
import { diag } from '@opentelemetry/api';
import { PrometheusSerializer } from '@opentelemetry/exporter-prometheus';
import type { ResourceMetrics } from '@opentelemetry/sdk-metrics';
import { PACKAGE_NAME } from '../../version';
import { PointwiseSerializer, type SerializerOptions } from './pointwise-serializer';
import { PROBE } from './probe';

/** About a millisecond of work. */
const PIECES_AT_ONCE = 16;

/** Writes metrics in Prometheus' text format: byte for byte what the installed PrometheusSerializer writes. */
export class MetricsText {
  private readonly serialize: (metrics: ResourceMetrics) => Iterable<string>;

  /** @param options those of PrometheusSerializer */
  constructor(...options: SerializerOptions) {
    const stock = new PrometheusSerializer(...options);
    const pointwise = new PointwiseSerializer(...options);
    if (isSame(stock, pointwise)) {
      this.serialize = metrics => pointwise.serialize(metrics);
    } else {
      diag.warn(
        `${PACKAGE_NAME}: this version of @opentelemetry/exporter-prometheus is not known, so that scrapes take longer`,
      );
      this.serialize = metrics => [stock.serialize(metrics)];
    }
  }

  /** The text in pieces. After some of them other work of the process gets its turn. */
  async *write(metrics: ResourceMetrics): AsyncGenerator<string, void> {
    let count = 0;
    for (const piece of this.serialize(metrics)) {
      yield piece;
      if (++count % PIECES_AT_ONCE === 0) await setImmediate();
    }
  }
}

/** The pointwise serializer relies on private methods of the other: whether these are what they were. */
function isSame(stock: PrometheusSerializer, pointwise: PointwiseSerializer): boolean {
  try {
    return (
      pointwise.isSupported && [...pointwise.serialize(PROBE)].join('') === stock.serialize(PROBE)
    );
  } catch {
    return false;
  }
}
