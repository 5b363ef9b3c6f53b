import { PrometheusSerializer, type ExporterConfig } from '@opentelemetry/exporter-prometheus';
import type { ResourceMetrics } from '@opentelemetry/sdk-metrics';
import type { Format } from '../exposition/accept';
import type { Family } from '../exposition/family';
import { labelsOf, type Label } from '../exposition/labels';
import type * as OpenMetrics from '../exposition/openmetrics';
import type * as Protobuf from '../exposition/protobuf';
import type * as SdkFamilies from '../exposition/sdk-families';
import { withValidLabels } from '../exposition/sdk-labels';
import { targetInfo, TextWriter } from '../exposition/text';
import { validLabels } from '../exposition/valid-labels';
import type { WriteOptions } from '../exposition/write-options';
import { lazy } from '../lazy';
import { ValidResources } from './valid-resources';

// A scraper asks for one of these, and most for none.
const openMetrics = lazy(() => require('../exposition/openmetrics') as typeof OpenMetrics);
const protobuf = lazy(() => require('../exposition/protobuf') as typeof Protobuf);
const sdkFamilies = lazy(() => require('../exposition/sdk-families') as typeof SdkFamilies);

/** Those that say how metrics are written. */
type Config = Pick<
  ExporterConfig,
  | 'prefix'
  | 'appendTimestamp'
  | 'withResourceConstantLabels'
  | 'withoutScopeInfo'
  | 'withoutTargetInfo'
>;

/** What has been made for labels of the resource. Each is made when it is first asked for. */
interface Writers {
  readonly labels: readonly Label[];
  readonly options: WriteOptions;
  text?: TextWriter;
  openMetrics?: OpenMetrics.OpenMetricsWriter;
  protobuf?: Protobuf.ProtobufWriter;
}

/** Writes this package's metrics, and whatever else has been collected, in each format. */
export class Formats {
  private readonly others: PrometheusSerializer;
  private readonly resources = new ValidResources();
  private made: Writers | undefined;

  constructor(private readonly config: Config) {
    this.others = new PrometheusSerializer(
      config.prefix,
      config.appendTimestamp,
      config.withResourceConstantLabels,
      // It is written here.
      true,
      config.withoutScopeInfo,
    );
  }

  /** @returns pieces; OpenMetrics without its end */
  write(
    format: Format,
    given: ResourceMetrics,
    own: Iterable<Family>,
  ): Iterable<string | Uint8Array> {
    const collected = { ...given, resource: this.resources.of(given.resource) };
    const writers = this.writers(collected);
    if (format === 'text') return this.text(writers, collected, own);
    const { attributes } = collected.resource;
    const target = this.config.withoutTargetInfo === true ? undefined : validLabels(attributes);
    const families = both(sdkFamilies().familiesOf(collected), own);
    if (format === 'protobuf') {
      writers.protobuf ??= new (protobuf().ProtobufWriter)(writers.options);
      return writers.protobuf.write(families, target);
    }
    writers.openMetrics ??= new (openMetrics().OpenMetricsWriter)(writers.options);
    return writers.openMetrics.write(families, target);
  }

  private *text(
    writers: Writers,
    collected: ResourceMetrics,
    own: Iterable<Family>,
  ): Generator<string, void> {
    const { resource, scopeMetrics } = collected;
    if (this.config.withoutTargetInfo !== true) yield targetInfo(labelsOf(resource.attributes));
    // The empty text of the stock serializer has a comment, which says that there is nothing. Beside ours that is wrong.
    const hasOthers = scopeMetrics.some(({ metrics }) => metrics.length > 0);
    if (hasOthers) yield this.others.serialize(withValidLabels(collected, writers.options));
    writers.text ??= new TextWriter(writers.options);
    yield* writers.text.write(own);
  }

  /** Made again only when the labels of the resource have changed, which those found asynchronously do once. */
  private writers({ resource }: ResourceMetrics): Writers {
    const { withResourceConstantLabels: pattern } = this.config;
    const constant = Object.entries(resource.attributes).filter(
      ([name]) => pattern?.test(name) === true,
    );
    const labels = labelsOf(Object.fromEntries(constant));
    if (this.made === undefined || String(this.made.labels) !== String(labels)) {
      const { prefix, appendTimestamp, withoutScopeInfo } = this.config;
      const options = {
        prefix: prefix ? `${prefix}_` : '',
        constantLabels: labels,
        hasScopeLabels: withoutScopeInfo !== true,
        hasTimestamps: appendTimestamp === true,
      };
      this.made = { labels, options };
    }
    return this.made;
  }
}

function* both<Item>(first: Iterable<Item>, second: Iterable<Item>): Generator<Item, void> {
  yield* first;
  yield* second;
}
