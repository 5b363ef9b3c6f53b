import type { MeterProvider } from '@opentelemetry/api';
import { say } from '../notices';
import { DEFAULT_PROMETHEUS_PORT } from '../option-kinds';
import { workerId } from './role';

/** What is looked at of an SDK. None of it is public, so none of it need be there. */
interface SdkProvider {
  readonly _sharedState?: {
    readonly metricCollectors?: readonly { readonly _metricReader?: object }[];
  };
}

/**
 * Says that a cluster whose workers each have OpenTelemetry's Prometheus exporter shares one port among them, where that
 * is sure: on the port that they all have unless they are told otherwise. The second worker says it, for all.
 */
export function tellOfPortSharedByWorkers(provider: MeterProvider): void {
  if (workerId() !== 2) return;
  const collectors = (provider as SdkProvider)._sharedState?.metricCollectors ?? [];
  const isShared = collectors.some(({ _metricReader: reader }) => isOnCommonPort(reader));
  if (!isShared) return;
  say('sharedExporter');
}

function isOnCommonPort(reader: object | undefined): boolean {
  const { constructor, _port: port } = (reader ?? {}) as {
    readonly constructor?: { readonly name?: unknown };
    readonly _port?: unknown;
  };
  const common = Number(process.env.OTEL_EXPORTER_PROMETHEUS_PORT) || DEFAULT_PROMETHEUS_PORT;
  return constructor?.name === 'PrometheusExporter' && port === common;
}
