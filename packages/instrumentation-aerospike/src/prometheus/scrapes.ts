import type { IncomingMessage, ServerResponse } from 'node:http';
import { diag } from '@opentelemetry/api';
import type { ExporterConfig } from '@opentelemetry/exporter-prometheus';
import type { CollectionResult } from '@opentelemetry/sdk-metrics';
import { acceptsGzip, END_OF_ANSWER, negotiate, type Format } from '../exposition/accept';
import { ownFamilies } from '../exposition/own-families';
import { lazy } from '../lazy';
import type { MetricSource } from '../series/metric-source';
import { PACKAGE_NAME } from '../version';
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
  async pieces(format: Format): Promise<Iterable<string | Uint8Array>> {
    const { resourceMetrics, errors } = await this.scraped.collect();
    if (errors.length > 0) {
      diag.error(`${PACKAGE_NAME}: some metrics could not be collected`, ...errors);
    }
    return this.formats.write(format, resourceMetrics, ownFamilies(await this.scraped.source()));
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
      const pieces = ended(await this.pieces(format), END_OF_ANSWER[format]);
      return isCompressed ? compression().compressed(pieces) : pieces;
    });
  }
}

function* ended(
  pieces: Iterable<string | Uint8Array>,
  end: string,
): Generator<string | Uint8Array, void> {
  yield* pieces;
  if (end !== '') yield end;
}
