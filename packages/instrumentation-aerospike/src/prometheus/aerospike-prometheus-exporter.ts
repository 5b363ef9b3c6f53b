import type { IncomingMessage, ServerResponse } from 'node:http';
import { PrometheusExporter, type ExporterConfig } from '@opentelemetry/exporter-prometheus';
import { log } from '../diagnostics';
import type { TextFormat } from '../exposition/accept';
import { lazy } from '../lazy';
import {
  BOUNDARIES,
  checkOptions,
  DEFAULT_PROMETHEUS_PORT,
  wholeNumber,
  type Kind,
  type Kinds,
} from '../option-kinds';
import {
  AerospikeMetricProducer,
  PROMETHEUS_NAME,
  type AerospikeMetricProducerOptions,
} from '../sdk/aerospike-metric-producer';
import type { MetricSource } from '../series/metric-source';
import { Endpoint, sayNotServed, type ScrapeAddress } from './endpoint';
import type * as Scraping from './scrapes';

const scraping = lazy(() => require('./scrapes') as typeof Scraping);

/** Options of {@link AerospikePrometheusExporter}: those of OpenTelemetry's exporter, and some of the metric producer. */
export interface AerospikePrometheusExporterOptions
  extends ExporterConfig, Pick<AerospikeMetricProducerOptions, 'boundaries' | 'cardinalityLimit'> {}

const ANYTHING: Kind = { allowed: 'anything', accepts: () => true, parse: () => undefined };

/** OpenTelemetry's exporter has its own opinion about its options. */
const OPTIONS: Kinds<AerospikePrometheusExporterOptions> = {
  boundaries: BOUNDARIES,
  cardinalityLimit: wholeNumber(1),
  prefix: ANYTHING,
  appendTimestamp: ANYTHING,
  endpoint: ANYTHING,
  host: ANYTHING,
  port: ANYTHING,
  preventServerStart: ANYTHING,
  metricProducers: ANYTHING,
  withResourceConstantLabels: ANYTHING,
  withoutScopeInfo: ANYTHING,
  withoutTargetInfo: ANYTHING,
};

/**
 * OpenTelemetry's Prometheus exporter, which writes the metrics of this package straight from where they are added up:
 * a scrape stalls the process for a fraction of the time. Whatever else its MeterProvider collects is written as
 * OpenTelemetry's does. The duration is described before the first operation too, so that an application without
 * operations can be told from one that is not measured.
 *
 * Give it to NodeSDK as one of its `metricReaders`, and its {@link metricProducer} to the instrumentation.
 */
export class AerospikePrometheusExporter extends PrometheusExporter {
  /** Adds up what this exporter serves: the `metricProducer` of the instrumentation. */
  readonly metricProducer: AerospikeMetricProducer;
  /** @internal What is written of this package's metrics: in a cluster's primary the sums of all its workers. */
  source: () => Promise<MetricSource> = () => Promise.resolve(this.metricProducer.storage);
  private readonly config: AerospikePrometheusExporterOptions;
  private readonly scrapes = lazy(() => new (scraping().Scrapes)(this, this.config));
  private opened: Promise<Endpoint> | undefined;

  /**
   * Begins to listen, unless `preventServerStart` is true. Where that fails, one line on standard error says why.
   *
   * @throws TypeError when an option of this package is wrong, or one looks misspelled
   */
  constructor(options: AerospikePrometheusExporterOptions = {}) {
    checkOptions(options, OPTIONS, { unknown: 'pass on unless it looks misspelled' });
    const { boundaries, cardinalityLimit, ...config } = options;
    super({ ...config, preventServerStart: true });
    this.config = config;
    this.metricProducer = new AerospikeMetricProducer(
      { name: PROMETHEUS_NAME, boundaries, cardinalityLimit },
      { exponential: true, exemplars: true },
    );
    if (config.preventServerStart !== true) {
      this.startServer().catch((error: unknown) => {
        sayNotServed(this.address(), error);
      });
    }
  }

  /**
   * Listens where it was configured to; at once resolved when it does already.
   *
   * @throws Error with the system's `code` when it cannot, such as `EADDRINUSE`
   */
  override async startServer(): Promise<void> {
    this.opened ??= Endpoint.open(this.address(), (request, response) => {
      this.getMetricsRequestHandler(request, response);
    });
    await this.opened;
  }

  /** Listens no more. What has been added up stays. */
  override async stopServer(): Promise<void> {
    const endpoint = await this.opened?.catch(() => undefined);
    this.opened = undefined;
    await endpoint?.close();
  }

  /**
   * Answers a scrape, in the format that it accepts: for a server of the application's own.
   *
   * @param request that has come in
   * @param response which it ends
   */
  override getMetricsRequestHandler(request: IncomingMessage, response: ServerResponse): void {
    void this.answer(request, response);
  }

  /**
   * What a scrape gets, without what an answer ends with: so others can be joined with it.
   *
   * @param format Prometheus' text format 0.0.4, or OpenMetrics 1.0 with exemplars. Default: `text`.
   */
  async text(format: TextFormat = 'text'): Promise<string> {
    return this.scrapes().text(format);
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      await this.scrapes().answer(request, response);
    } catch (error) {
      if (response.headersSent || response.destroyed) {
        log('warn', 'a scrape could not be answered to its end', error);
        response.destroy();
      } else {
        log('error', 'the metrics could not be collected', error);
        response.removeHeader('content-encoding');
        response.setHeader('content-type', 'text/plain; charset=utf-8');
        response.writeHead(500).end(`# failed to export metrics: ${String(error)}`);
      }
    }
  }

  private address(): ScrapeAddress {
    const { env } = process;
    const { host, port, endpoint = '/metrics' } = this.config;
    return {
      host: host ?? env.OTEL_EXPORTER_PROMETHEUS_HOST,
      port: port ?? (Number(env.OTEL_EXPORTER_PROMETHEUS_PORT) || DEFAULT_PROMETHEUS_PORT),
      endpoint: endpoint.startsWith('/') ? endpoint : `/${endpoint}`,
    };
  }
}
