import { PrometheusSerializer, type ExporterConfig } from '@opentelemetry/exporter-prometheus';
import type { ResourceMetrics } from '@opentelemetry/sdk-metrics';
import type { Format, TextFormat } from '../exposition/accept';
import type { Family } from '../exposition/family';
import { labelsOf, type Label } from '../exposition/labels';
import type * as OpenMetrics from '../exposition/openmetrics';
import { inPieces, joinedText } from '../exposition/pieces';
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

interface Prepared {
  readonly writers: Writers;
  /** With labels of the resource that are valid. */
  readonly collected: ResourceMetrics;
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

  /** @returns pieces of at most 32 KiB, unless one series is longer; OpenMetrics without its end */
  write(
    format: Format,
    given: ResourceMetrics,
    own: Iterable<Family>,
  ): Iterable<string | Uint8Array> {
    if (format !== 'protobuf') return inPieces(this.parts(format, given, own), joinedText);
    const { writers, collected } = this.prepare(given);
    writers.protobuf ??= new (protobuf().ProtobufWriter)(writers.options);
    const families = both(sdkFamilies().familiesOf(collected), own);
    return writers.protobuf.write(families, this.targetOf(collected));
  }

  /** The same in one: to make pieces first would take longer. */
  text(format: TextFormat, given: ResourceMetrics, own: Iterable<Family>): string {
    return [...this.parts(format, given, own)].join('');
  }

  private parts(
    format: TextFormat,
    given: ResourceMetrics,
    own: Iterable<Family>,
  ): Iterable<string> {
    const { writers, collected } = this.prepare(given);
    if (format === 'openmetrics') {
      writers.openMetrics ??= new (openMetrics().OpenMetricsWriter)(writers.options);
      const families = both(sdkFamilies().familiesOf(collected), own);
      return writers.openMetrics.write(families, this.targetOf(collected));
    }
    writers.text ??= new TextWriter(writers.options);
    return writers.text.write(own, this.textOfOthers(collected, writers.options));
  }

  /** In the text format: the resource, and all metrics but this package's. */
  private textOfOthers(collected: ResourceMetrics, options: WriteOptions): string {
    const { resource, scopeMetrics } = collected;
    const target = this.hasTarget ? targetInfo(labelsOf(resource.attributes)) : '';
    // The empty text of the stock serializer has a comment, which says that there is nothing. Beside ours that is wrong.
    const hasOthers = scopeMetrics.some(({ metrics }) => metrics.length > 0);
    if (!hasOthers) return target;
    return target + this.others.serialize(withValidLabels(collected, options));
  }

  private prepare(given: ResourceMetrics): Prepared {
    const collected = { ...given, resource: this.resources.of(given.resource) };
    return { writers: this.writers(collected), collected };
  }

  private get hasTarget(): boolean {
    return this.config.withoutTargetInfo !== true;
  }

  /** Labels of `target_info`, for the formats that are written here; undefined where it is not written. */
  private targetOf({ resource }: ResourceMetrics): readonly Label[] | undefined {
    return this.hasTarget ? validLabels(resource.attributes) : undefined;
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
