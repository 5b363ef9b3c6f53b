import type { IncomingMessage, ServerResponse } from 'node:http';
import { diag } from '@opentelemetry/api';
import {
  PrometheusExporter,
  PrometheusSerializer,
  type ExporterConfig,
} from '@opentelemetry/exporter-prometheus';
import type { ResourceMetrics } from '@opentelemetry/sdk-metrics';
import { labelsOf, type Label } from '../exposition/labels';
import { ownFamilies } from '../exposition/own-families';
import { targetInfo, TextWriter } from '../exposition/text';
import { BOUNDARIES, checkOptions, wholeNumber, type Kind, type Kinds } from '../options';
import {
  AerospikeMetricProducer,
  PROMETHEUS_NAME,
  type AerospikeMetricProducerOptions,
} from '../sdk/aerospike-metric-producer';
import { PACKAGE_NAME } from '../version';
import { answer } from './answer';
import { Endpoint, type ScrapeAddress } from './endpoint';

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

const DEFAULT_PORT = 9464;

/** The empty text of the stock serializer has a comment, which says that there is nothing. Beside ours that is wrong. */
const NO_OTHER_METRICS = '';

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
  private readonly config: AerospikePrometheusExporterOptions;
  private readonly others: PrometheusSerializer;
  private writer: { readonly labels: readonly Label[]; readonly text: TextWriter } | undefined;
  private opened: Promise<Endpoint> | undefined;

  /** @throws TypeError when an option is wrong */
  constructor(options: AerospikePrometheusExporterOptions = {}) {
    checkOptions(options, OPTIONS, { unknown: 'pass on unless it looks misspelled' });
    const { boundaries, cardinalityLimit, ...config } = options;
    super({ ...config, preventServerStart: true });
    this.config = config;
    this.metricProducer = new AerospikeMetricProducer({
      name: PROMETHEUS_NAME,
      boundaries,
      cardinalityLimit,
    });
    this.others = new PrometheusSerializer(
      config.prefix,
      config.appendTimestamp,
      config.withResourceConstantLabels,
      // It is written here, for all formats alike.
      true,
      config.withoutScopeInfo,
    );
    if (config.preventServerStart !== true) {
      this.startServer().catch((error: unknown) => {
        diag.error(`${PACKAGE_NAME}: ${(error as Error).message}`);
      });
    }
  }

  /** @throws Error when it cannot listen on the configured port */
  override async startServer(): Promise<void> {
    this.opened ??= Endpoint.open(this.address(), (request, response) => {
      this.getMetricsRequestHandler(request, response);
    });
    await this.opened;
  }

  override async stopServer(): Promise<void> {
    const endpoint = await this.opened?.catch(() => undefined);
    this.opened = undefined;
    await endpoint?.close();
  }

  /** Answers a scrape. */
  override getMetricsRequestHandler(_request: IncomingMessage, response: ServerResponse): void {
    void this.answer(response);
  }

  /** The text that a scrape gets. */
  async text(): Promise<string> {
    return [...(await this.pieces())].join('');
  }

  private async answer(response: ServerResponse): Promise<void> {
    response.setHeader('content-type', 'text/plain');
    if (response.req.method === 'HEAD') {
      response.end();
      return;
    }
    try {
      await answer(response, () => this.pieces());
    } catch (error) {
      if (response.headersSent || response.destroyed) {
        diag.warn(`${PACKAGE_NAME}: a scrape could not be answered to its end`, error);
        response.destroy();
      } else {
        diag.error(`${PACKAGE_NAME}: the metrics could not be collected`, error);
        response.writeHead(500).end(`# failed to export metrics: ${String(error)}`);
      }
    }
  }

  private async pieces(): Promise<Iterable<string>> {
    const { resourceMetrics, errors } = await this.collect();
    if (errors.length > 0) {
      diag.error(`${PACKAGE_NAME}: some metrics could not be collected`, ...errors);
    }
    return this.write(resourceMetrics);
  }

  private *write(collected: ResourceMetrics): Generator<string, void> {
    const { withoutTargetInfo, withResourceConstantLabels: pattern } = this.config;
    const resourceLabels = labelsOf(collected.resource.attributes);
    if (withoutTargetInfo !== true) yield targetInfo(resourceLabels);
    const hasOthers = collected.scopeMetrics.some(({ metrics }) => metrics.length > 0);
    yield hasOthers ? this.others.serialize(collected) : NO_OTHER_METRICS;
    const constant = Object.entries(collected.resource.attributes).filter(
      ([name]) => pattern?.test(name) === true,
    );
    yield* this.textWriter(labelsOf(Object.fromEntries(constant))).write(
      ownFamilies(this.metricProducer.storage),
    );
  }

  /** Made again only when the labels of the resource have changed, which those found asynchronously do once. */
  private textWriter(labels: readonly Label[]): TextWriter {
    if (this.writer === undefined || String(this.writer.labels) !== String(labels)) {
      const { prefix, appendTimestamp, withoutScopeInfo } = this.config;
      const text = new TextWriter({
        prefix: prefix ? `${prefix}_` : '',
        constantLabels: labels,
        hasScopeLabels: withoutScopeInfo !== true,
        hasTimestamps: appendTimestamp === true,
      });
      this.writer = { labels, text };
    }
    return this.writer.text;
  }

  private address(): ScrapeAddress {
    const { env } = process;
    const { host, port, endpoint = '/metrics' } = this.config;
    return {
      host: host ?? env.OTEL_EXPORTER_PROMETHEUS_HOST,
      port: port ?? (Number(env.OTEL_EXPORTER_PROMETHEUS_PORT) || DEFAULT_PORT),
      endpoint: endpoint.startsWith('/') ? endpoint : `/${endpoint}`,
    };
  }
}
