import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ExporterConfig } from '@opentelemetry/exporter-prometheus';
import type { CollectionResult, ResourceMetrics } from '@opentelemetry/sdk-metrics';
import { log } from '../diagnostics';
import { acceptsGzip, END_OF_ANSWER, negotiate, type TextFormat } from '../exposition/accept';
import type { Family } from '../exposition/family';
import { ownFamilies } from '../exposition/own-families';
import { lazy } from '../lazy';
import type { MetricSource } from '../series/metric-source';
import { answer } from './answer';
import type * as Compression from './compression';
import { Formats } from './formats';

const compression = lazy(() => require('./compression') as typeof Compression);

/** What a scrape is answered from. */
export interface Scraped {
  collect(): Promise<CollectionResult>;
  source(): Promise<MetricSource>;
}

/** Answers the scrapes of an exporter. */
export class Scrapes {
  private readonly formats: Formats;

  constructor(
    private readonly scraped: Scraped,
    config: ExporterConfig,
  ) {
    this.formats = new Formats(config);
  }

  /** What a scrape gets, without what an answer ends with. */
  async text(format: TextFormat): Promise<string> {
    return this.formats.text(format, await this.collected(), await this.families());
  }

  /** Answers in the format that the scraper accepts. */
  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { format, contentType } = negotiate(request.headers.accept);
    const isCompressed = acceptsGzip(request.headers['accept-encoding']);
    response.setHeader('content-type', contentType);
    if (isCompressed) response.setHeader('content-encoding', 'gzip');
    if (request.method === 'HEAD') {
      response.end();
      return;
    }
    await answer(response, async () => {
      const written = this.formats.write(format, await this.collected(), await this.families());
      const pieces = ended(written, END_OF_ANSWER[format]);
      return isCompressed ? compression().compressed(pieces) : pieces;
    });
  }

  private async collected(): Promise<ResourceMetrics> {
    const { resourceMetrics, errors } = await this.scraped.collect();
    if (errors.length > 0) {
      log('error', 'some metrics could not be collected', ...errors);
    }
    return resourceMetrics;
  }

  private async families(): Promise<Iterable<Family>> {
    return ownFamilies(await this.scraped.source());
  }
}

function* ended(
  pieces: Iterable<string | Uint8Array>,
  end: string,
): Generator<string | Uint8Array, void> {
  yield* pieces;
  if (end !== '') yield end;
}
