import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { eventually } from './eventually';
import { freePort } from './ports';
import { Program } from './program';
import { isSince, type PrometheusRelease } from './prometheus-releases';

export type Labels = Readonly<Record<string, string>>;

/** Time in seconds and value, as the HTTP API writes them. */
export type Point = readonly [time: number, value: string];

/** A bucket of an answer: how its ends are to be taken, from, to, and how many are in it. */
type NativeBucket = readonly [rule: number, left: string, right: string, count: string];

/** A sample of a native histogram, as the HTTP API writes it: buckets that are empty are left out. */
export interface NativeHistogram {
  readonly count: string;
  readonly sum: string;
  readonly buckets?: readonly NativeBucket[];
}

type NativePoint = readonly [time: number, histogram: NativeHistogram];

/** A series of an answer: of an instant vector with a value, of a range vector with all in its window. */
export interface Series {
  readonly metric: Labels;
  readonly value?: Point;
  readonly values?: readonly Point[];
  /** Instead of them where the samples are native histograms. */
  readonly histogram?: NativePoint;
  readonly histograms?: readonly NativePoint[];
}

/** What has been kept of a series' exemplars. */
export interface SeriesExemplars {
  readonly seriesLabels: Labels;
  readonly exemplars: readonly {
    readonly labels: Labels;
    readonly value: string;
    readonly timestamp: number;
  }[];
}

export interface Alert {
  readonly labels: Labels;
  readonly state: 'pending' | 'firing';
}

export interface PrometheusOptions {
  readonly release: PrometheusRelease;
  /** The content of its configuration file. */
  readonly config: object;
  /** Whether it takes native histograms and exemplars, as it does not by itself. Default: false. */
  readonly hasFeatures?: boolean;
}

/** A real Prometheus with a data folder of its own, on a free port of 127.0.0.1. */
export class PrometheusServer {
  private constructor(
    private readonly program: Program,
    private readonly folder: string,
    private readonly url: string,
  ) {}

  /** Waits until queries are answered. Where that does not come to be, nothing is left of it. */
  static async start(options: PrometheusOptions): Promise<PrometheusServer> {
    const folder = mkdtempSync(join(tmpdir(), 'prometheus-'));
    const address = `127.0.0.1:${await freePort()}`;
    writeFileSync(join(folder, 'prometheus.yml'), stringify(configOf(options)));
    const program = new Program(
      [
        `--config.file=${join(folder, 'prometheus.yml')}`,
        `--storage.tsdb.path=${join(folder, 'data')}`,
        `--web.listen-address=${address}`,
        ...(options.hasFeatures ? ['--enable-feature=native-histograms,exemplar-storage'] : []),
      ],
      { command: options.release.prometheus },
    );
    const server = new PrometheusServer(program, folder, `http://${address}`);
    try {
      await eventually('a Prometheus that is ready', () => server.isReady());
    } catch (error) {
      await server.stop();
      throw new Error(`${options.release.title} has not become ready:\n${program.stderr}`, {
        cause: error,
      });
    }
    return server;
  }

  /** Ends it at once, whatever it is doing: nobody reads its data again. */
  async stop(): Promise<void> {
    await this.program.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** @param time in seconds; now, if left out */
  async query(expression: string, time?: number): Promise<Series[]> {
    const parameters = { query: expression, ...(time !== undefined && { time: String(time) }) };
    const { result } = await this.get<{ result: Series[] }>('query', parameters);
    return result;
  }

  /**
   * The answer for each step of some time, as a graph asks.
   *
   * @param start in seconds, as `end` and `step`
   */
  async queryRange(
    expression: string,
    { start, end, step }: { start: number; end: number; step: number },
  ): Promise<Series[]> {
    const { result } = await this.get<{ result: Series[] }>('query_range', {
      query: expression,
      start: String(start),
      end: String(end),
      step: String(step),
    });
    return result;
  }

  /** The series of an instant query that has no more than one. */
  async value(expression: string): Promise<number | undefined> {
    const [series] = await this.query(expression);
    return series?.value && Number(series.value[1]);
  }

  async labelValues(label: string, series: string): Promise<string[]> {
    return this.get(`label/${label}/values`, { 'match[]': series });
  }

  /** The labels of every series that has had a sample, by now. */
  async series(match: string): Promise<Labels[]> {
    return this.get('series', { 'match[]': match });
  }

  /** Of the last five minutes. */
  async exemplars(query: string): Promise<SeriesExemplars[]> {
    const end = Date.now() / 1000;
    return this.get('query_exemplars', { query, start: String(end - 300), end: String(end) });
  }

  async alerts(): Promise<readonly Alert[]> {
    const { alerts } = await this.get<{ alerts: Alert[] }>('alerts', {});
    return alerts;
  }

  /** What it measures of itself, in the text format. */
  async ownMetrics(): Promise<string> {
    return (await fetch(`${this.url}/metrics`)).text();
  }

  /** What Prometheus itself says, in whichever version, instead of a line of its log. */
  private async isReady(): Promise<true | undefined> {
    if (!this.program.isRunning) throw new Error('Prometheus has ended');
    const response = await fetch(`${this.url}/-/ready`).catch(() => undefined);
    return response?.ok ? true : undefined;
  }

  private async get<Data>(path: string, parameters: Record<string, string>): Promise<Data> {
    const body = new URLSearchParams(parameters).toString();
    const response = await fetch(`${this.url}/api/v1/${path}?${body}`);
    const answer = (await response.json()) as { status: string; error?: string; data: Data };
    if (answer.status !== 'success') throw new Error(`${answer.error ?? ''}\n${body}`);
    return answer.data;
  }
}

/** From 3.8 on, a setting switches native histograms on; since 3.9 the feature of that name does nothing. */
function configOf({ release, config, hasFeatures }: PrometheusOptions): object {
  if (!hasFeatures || !isSince(release, [3, 8])) return config;
  const { global = {} } = config as { global?: object };
  return { ...config, global: { ...global, scrape_native_histograms: true } };
}
