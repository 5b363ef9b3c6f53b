import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { sums } from '../processes/cluster';
import type { ServeRequest, Served, TextFormat } from '../processes/messages';
import type { SumsServer } from '../processes/primary';
import { resources } from '../sdk/resources';
import { AerospikePrometheusExporter } from './aerospike-prometheus-exporter';
import { Endpoint, sayNotServed } from './endpoint';
import { OneAtATime } from './one-at-a-time';
import type { Slot } from './slots';

const { defaultResource, resourceFromAttributes } = resources;

/** What a process serves of its own accord, and the exporter that answers there. */
interface Own {
  readonly exporter: AerospikePrometheusExporter;
  readonly slot: Slot;
}

let own: Own | undefined;
/** Where the metrics of this process and its workers are served because a worker has asked for it. */
let ofCluster: Endpoint | undefined;

/** Says where this process serves; undefined when it does not any more. Its workers' metrics are served there too. */
export function setOwnServer(server: Own | undefined): void {
  own = server;
}

/** Where the metrics of this process are served already because of its workers. */
export function clusterEndpoint(): Endpoint | undefined {
  return ofCluster;
}

/** Serves what all workers of a cluster have measured, in its primary. */
export class ClusterServer implements SumsServer {
  private exporter: AerospikePrometheusExporter | undefined;
  /** Starts and stops: workers ask for them at the same time. */
  private readonly changes = new OneAtATime();

  serve(request: ServeRequest): Promise<Served> {
    return this.changes.run(async () => {
      const found = own?.slot.endpoint ?? ofCluster;
      if (found !== undefined) return served(found, request, false);
      const { host, port, endpoint } = request;
      // The one before may have no resource: it was made when a worker had only asked for the text.
      const exporter = exporterWith(request.resource);
      this.exporter = exporter;
      ofCluster = await Endpoint.open({ host, port, endpoint }, (incoming, response) => {
        exporter.getMetricsRequestHandler(incoming, response);
      });
      return served(ofCluster, request, true);
    });
  }

  sayNotServed(request: ServeRequest, error: unknown): void {
    sayNotServed(request, error);
  }

  text(format: TextFormat): Promise<string> {
    return (own?.exporter ?? (this.exporter ??= exporterWith({}))).text(format);
  }

  stop(): Promise<void> {
    return this.changes.run(async () => {
      const endpoint = ofCluster;
      ofCluster = undefined;
      await endpoint?.close();
    });
  }
}

function exporterWith(resource: Readonly<Record<string, string>>): AerospikePrometheusExporter {
  const exporter = new AerospikePrometheusExporter({ preventServerStart: true });
  exporter.source = sums;
  // It has the resource, and reads nothing else.
  new MeterProvider({
    readers: [exporter],
    resource: defaultResource().merge(resourceFromAttributes(resource)),
  });
  return exporter;
}

function served({ address, url }: Endpoint, request: ServeRequest, isNew: boolean): Served {
  const { host = request.host, port, endpoint } = address;
  const isElsewhere =
    host !== request.host ||
    endpoint !== request.endpoint ||
    (request.port !== 0 && port !== request.port);
  return { host, port, url, isNew, isElsewhere };
}
