import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';

/** What is read here of OTLP's JSON encoding. */
interface Attributes {
  readonly attributes?: readonly {
    readonly key: string;
    readonly value: { readonly stringValue?: string };
  }[];
}

interface ExportRequest {
  readonly resourceSpans?: readonly {
    readonly scopeSpans: readonly { readonly spans: readonly Attributes[] }[];
  }[];
  readonly resourceMetrics?: readonly {
    readonly scopeMetrics: readonly {
      readonly metrics: readonly {
        readonly name: string;
        readonly histogram?: { readonly dataPoints: readonly (Attributes & DataPoint)[] };
      }[];
    }[];
  }[];
}

interface DataPoint {
  /** An integer of 64 bits can be text. */
  readonly count: number | string;
}

const SENTRY = '/api/1/envelope/';

/** Receives OTLP over HTTP, in its JSON encoding, and what Sentry sends; counts what comes from Aerospike. */
export class ExportCounter {
  spans = 0;
  /** By name of the metric: how many operations the last export has counted. */
  readonly operations = new Map<string, number>();

  private constructor(private readonly server: Server) {}

  static async start(): Promise<ExportCounter> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const receiver = new ExportCounter(server);
    server.on('request', (request, response) => {
      void buffer(request).then(body => {
        const isZipped = request.headers['content-encoding'] === 'gzip';
        receiver.receive(request, (isZipped ? gunzipSync(body) : body).toString('utf8'));
        response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
      });
    });
    return receiver;
  }

  get url(): string {
    return `http://${this.address}`;
  }

  /** What tells Sentry to send to it. */
  get dsn(): string {
    return `http://key@${this.address}/1`;
  }

  private get address(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private receive(request: IncomingMessage, body: string): void {
    if (request.url?.startsWith(SENTRY)) {
      this.spans += spansOfEnvelope(body);
      return;
    }
    // What is sent in the binary encoding is not meant for this receiver.
    if (!body.startsWith('{')) return;
    const { resourceSpans = [], resourceMetrics = [] } = JSON.parse(body) as ExportRequest;
    const spans = resourceSpans
      .flatMap(({ scopeSpans }) => scopeSpans)
      .flatMap(scope => scope.spans);
    this.spans += spans.filter(isOfAerospike).length;
    for (const { name, histogram } of resourceMetrics
      .flatMap(({ scopeMetrics }) => scopeMetrics)
      .flatMap(({ metrics }) => metrics)) {
      const points = (histogram?.dataPoints ?? []).filter(isOfAerospike);
      if (points.length === 0) continue;
      this.operations.set(
        name,
        points.reduce((sum, { count }) => sum + Number(count), 0),
      );
    }
  }
}

/** How many spans of Aerospike are in what Sentry sends: lines of JSON, whose form differs from version to version. */
function spansOfEnvelope(body: string): number {
  let spans = 0;
  for (const line of body.split('\n')) {
    if (!line.startsWith('{')) continue;
    JSON.parse(line, (name, value: unknown) => {
      if (name === 'db.system.name' && JSON.stringify(value).includes('aerospike')) spans += 1;
      return value;
    });
  }
  return spans;
}

function isOfAerospike({ attributes = [] }: Attributes): boolean {
  return attributes.some(
    ({ key, value }) => key === 'db.system.name' && value.stringValue === 'aerospike',
  );
}
