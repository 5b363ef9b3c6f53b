import { get } from 'node:http';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { METRIC } from '@example/prometheus-grafana/build/src/durations';
import type { HistogramKind } from '@example/prometheus-grafana/build/src/scope';
import type { Figures } from '@repository/tools/build/at-scale/figures';
import { eventually, freePort, Program } from '@test/support';
import type { PrometheusRelease } from '@test/support/build/prometheus-releases';
import { PrometheusServer } from '@test/support/build/prometheus-server';
import { INTEROP } from '../toolchains/cache';

/** As many targets, all of them the one service, so that what Prometheus itself needs weighs little. */
const TARGETS = 60;
const SETS = 50;
/** put, get and exists. */
const COMBINATIONS = SETS * 3;
/** Scrapes of every target in which its series come to be and memory settles, and those that are looked at. */
const SCRAPES = [4, 10] as const;
const SCRAPE_INTERVAL = '1s';

/** What Prometheus asks for, with and without native histograms. */
const ACCEPT: Readonly<Record<HistogramKind, string>> = {
  classic: 'application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5',
  native:
    'application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited',
};

/** A service with many series. */
export class WideService {
  private constructor(
    private readonly program: Program,
    readonly target: string,
  ) {}

  static async start(database: number): Promise<WideService> {
    const port = await freePort();
    const script = join(INTEROP, 'programs/wide-service.cjs');
    const register = ['--require', 'opentelemetry-instrumentation-aerospike/register'];
    const program = new Program([...register, script, String(database), String(SETS)], {
      cwd: INTEROP,
      env: {
        OTEL_EXPORTER_PROMETHEUS_HOST: '127.0.0.1',
        OTEL_EXPORTER_PROMETHEUS_PORT: String(port),
      },
    });
    await program.printed(/ready\n/);
    return new WideService(program, `127.0.0.1:${port}`);
  }

  /** The bytes of an answer as they come over the network. */
  async bytes(kind: HistogramKind): Promise<number> {
    const headers = { accept: ACCEPT[kind], 'accept-encoding': 'gzip' };
    return new Promise((resolve, reject) => {
      get(`http://${this.target}/metrics`, { headers }, response => {
        buffer(response).then(body => {
          resolve(body.length);
        }, reject);
      }).on('error', reject);
    });
  }

  stop(): Promise<void> {
    return this.program.kill();
  }
}

/** Has a Prometheus scrape a service as if it were many, and tells what each combination costs. */
export async function measure(
  release: PrometheusRelease,
  kind: HistogramKind,
  service: WideService,
): Promise<Figures> {
  const idle = await usage(release, kind, []);
  const busy = await usage(
    release,
    kind,
    Array.from({ length: TARGETS }, () => service.target),
  );
  return {
    series: busy.durations / (COMBINATIONS * TARGETS),
    others: (busy.series - idle.series - busy.durations) / TARGETS,
    bytes: (await service.bytes(kind)) / COMBINATIONS,
    memory: (busy.memory - idle.memory) / (busy.series - idle.series),
    scrape: busy.scrape / COMBINATIONS,
  };
}

interface Usage {
  readonly memory: number;
  readonly series: number;
  /** Series of the durations. */
  readonly durations: number;
  /** Seconds of CPU that Prometheus needs for one scrape. */
  readonly scrape: number;
}

async function usage(
  release: PrometheusRelease,
  kind: HistogramKind,
  targets: readonly string[],
): Promise<Usage> {
  const prometheus = await PrometheusServer.start({
    release,
    hasFeatures: kind === 'native',
    config: {
      global: { scrape_interval: SCRAPE_INTERVAL },
      scrape_configs: [
        {
          job_name: 'application',
          static_configs: targets.map((target, index) => ({
            targets: [target],
            labels: { instance: `instance-${index}` },
          })),
        },
      ],
    },
  });
  const read = async (scrapes: number) => {
    if (targets.length > 0) {
      await eventually('scrapes of every target', async () => {
        const often = await prometheus.query(`count_over_time(up[10m]) >= ${scrapes}`);
        return often.length === targets.length || undefined;
      });
    }
    const own = await prometheus.ownMetrics();
    return {
      memory: valueOf('process_resident_memory_bytes', own),
      cpu: valueOf('process_cpu_seconds_total', own),
      series: valueOf('prometheus_tsdb_head_series', own),
      scrapes: (await prometheus.value('sum(count_over_time(up[10m]))')) ?? 0,
      durations: (await prometheus.value(`count({__name__=~"${METRIC}.*"})`)) ?? 0,
    };
  };
  try {
    const [from, to] = [await read(SCRAPES[0]), await read(SCRAPES[1])];
    return { ...to, scrape: (to.cpu - from.cpu) / (to.scrapes - from.scrapes) };
  } finally {
    await prometheus.stop();
  }
}

function valueOf(name: string, text: string): number {
  const [, value] = new RegExp(`^${name} (\\S+)$`, 'm').exec(text) ?? [];
  if (value === undefined) throw new Error(`there is no ${name}`);
  return Number(value);
}
