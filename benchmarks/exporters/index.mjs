import { PrometheusSerializer } from '@opentelemetry/exporter-prometheus';
import { BOUNDARIES } from '../boundaries.mjs';
import { isInstalled } from '../installed.mjs';
import { createInstrumentation } from '../instrumentations/index.mjs';
import { formatExporters } from './formats.mjs';
import { operationsOnSets } from './instrumented-stub.mjs';
import { MinimalText } from './minimal-text.mjs';
import { serve } from './scraper.mjs';

const SECONDS = 0.003;

/**
 * Everything that answers scrapes: `record` adds a duration to the series of each of several sets, `text` makes the
 * text, or the bytes of another format, and `url` is where it is served to who asks with `headers`. `countSeries` is for
 * formats that are no text.
 */
export const EXPORTERS = {
  lowerBound: {
    label: 'lower bound: strings with cached labels joined',
    async create() {
      const minimal = new MinimalText();
      return {
        record: onEach(set => {
          minimal.record(set, SECONDS);
        }),
        text: () => minimal.text(),
        url: await serve((_request, response) => response.end(minimal.text())),
      };
    },
  },
  thisPackage: {
    label: '**this package**: `/prometheus`',
    async create() {
      const { getMetrics, startMetricsServer } =
        await import('opentelemetry-instrumentation-aerospike/prometheus');
      const { url } = await startMetricsServer({ port: 0, host: '127.0.0.1' });
      return { record: operationsOnSets(), text: getMetrics, url };
    },
  },
  ...formatExporters(),
  stock: {
    label: 'OpenTelemetry histogram, stock exporter',
    create: withStockExporter,
  },
  promClient: {
    label: 'prom-client',
    needs: 'prom-client',
    async create() {
      const { newHistogram, observe } = await import('../instrumentations/prom-client.mjs');
      const { register } = await import('prom-client');
      const histogram = newHistogram(BOUNDARIES);
      return {
        record: onEach(set => {
          observe(histogram, { ns: 'test', set }, 'get', SECONDS);
        }),
        text: () => register.metrics(),
        url: await serve(async (_request, response) => response.end(await register.metrics())),
      };
    },
  },
};

export function availableExporters() {
  return Object.keys(EXPORTERS).filter(id => isInstalled(EXPORTERS[id].needs));
}

async function withStockExporter() {
  const { instrument, reader } = await createInstrumentation('histogram');
  const serializer = new PrometheusSerializer();
  return {
    record: operationsOnSets(instrument),
    async text() {
      const { resourceMetrics } = await reader.collect();
      return serializer.serialize(resourceMetrics);
    },
    url: await serve((request, response) => {
      reader.getMetricsRequestHandler(request, response);
    }),
  };
}

function onEach(record) {
  return sets => {
    for (const set of sets) record(set);
  };
}
