import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CallCount } from '@example/aerospike-demo/build/src/traffic';
import { RECORDING_RULES } from '@example/prometheus-grafana/build/src/recording-rules';
import { durations } from '@example/prometheus-grafana/build/src/durations';
import { Scope, type HistogramKind } from '@example/prometheus-grafana/build/src/scope';
import { stringify } from 'yaml';
import { eventually, freePort } from '@test/support';
import { DemoProcess } from '@example/aerospike-demo/build/test/support/demo-process';
import { PROMETHEUS_EXAMPLE, readExampleYaml } from '../../prometheus-grafana/example-files';
import type { PrometheusRelease } from '@test/support/build/prometheus-releases';
import { PrometheusServer } from '@test/support/build/prometheus-server';

interface Demo {
  /** The target's address, which is the label `instance`. */
  readonly instance: string;
  readonly process: DemoProcess;
}

interface DemoOptions {
  /** How long each works. */
  readonly seconds?: number;
  /** To be set beside the variables of this process. */
  readonly env?: NodeJS.ProcessEnv;
}

interface RuleFile {
  readonly groups: readonly { readonly rules: readonly object[] }[];
}

const SECONDS_AT_WORK = 4;
/** The more points there are, the less Prometheus has to estimate in a rate. */
const SCRAPE_INTERVAL = '100ms';
const EVALUATION_INTERVAL = '250ms';

/** Instances of the demo that have done their work, and a Prometheus that has scraped them from the start to the end. */
export class ScrapedDemos {
  private constructor(
    readonly prometheus: PrometheusServer,
    private readonly histograms: HistogramKind,
    readonly demos: readonly Demo[],
    private readonly folder: string,
  ) {}

  static async start(
    release: PrometheusRelease,
    histograms: HistogramKind,
    count: number,
    { seconds = SECONDS_AT_WORK, env = {} }: DemoOptions = {},
  ): Promise<ScrapedDemos> {
    const ports: number[] = [];
    while (ports.length < count) ports.push(await freePort());
    const folder = mkdtempSync(join(tmpdir(), 'rules-'));
    const alerts = join(folder, 'alerts.yml');
    const file = readExampleYaml(`prometheus/rules/${histograms}/alerts.yml`) as RuleFile;
    writeFileSync(alerts, stringify(impatient(file)));
    const config = {
      global: { scrape_interval: SCRAPE_INTERVAL, evaluation_interval: EVALUATION_INTERVAL },
      rule_files: [
        join(PROMETHEUS_EXAMPLE, `prometheus/rules/${histograms}/recording.yml`),
        alerts,
      ],
      scrape_configs: [
        {
          job_name: 'application',
          static_configs: [{ targets: ports.map(instanceAt) }],
        },
      ],
    };
    const prometheus = await PrometheusServer.start({
      release,
      config,
      hasFeatures: histograms === 'native',
    });
    await taken(prometheus, count);
    const args = ['--json', '--duration', String(seconds), '--linger', '600'];
    const demos = ports.map(port => ({
      instance: instanceAt(port),
      process: new DemoProcess(port, args, env),
    }));
    return new ScrapedDemos(prometheus, histograms, demos, folder);
  }

  /** What each instance has counted itself, when all have finished. */
  async calls(): Promise<ReadonlyMap<string, readonly CallCount[]>> {
    const counted = new Map<string, readonly CallCount[]>();
    for (const { instance, process } of this.demos) {
      await process.printed(/\n/);
      const { calls } = JSON.parse(process.stdout) as { calls: CallCount[] };
      counted.set(instance, calls);
    }
    return counted;
  }

  /** A time in seconds at which all calls had been scraped. A query for that time always has the same answer. */
  async timeOfCompletion(calls: number): Promise<number> {
    const scope = new Scope({ histograms: this.histograms, range: '5m' });
    const isComplete = `sum(${durations(scope).count('db_namespace!=""')}) == ${calls}`;
    return eventually(`all ${calls} calls in Prometheus`, async () => {
      const [sum] = await this.prometheus.query(isComplete);
      if (sum?.value === undefined) return undefined;
      const [time] = sum.value;
      await this.scrapesAfter(time);
      // A scrape that failed meanwhile would have ended the series.
      const [sumAsOfNow] = await this.prometheus.query(isComplete, time);
      return sumAsOfNow && time;
    });
  }

  private async scrapesAfter(time: number): Promise<void> {
    await eventually('another scrape of every instance', async () => {
      const later = await this.prometheus.query(`timestamp(up) > ${time}`);
      return later.length === this.demos.length || undefined;
    });
  }

  /** A time in seconds, later than the one given, at which all recorded series have a value. */
  async timeOfRecording(after: number): Promise<number> {
    const last = RECORDING_RULES.at(-1)?.record ?? '';
    return eventually('another evaluation of the recording rules', () =>
      this.prometheus.value(`max(timestamp(${last})) > ${after}`),
    );
  }

  async stop(): Promise<void> {
    await this.prometheus.stop();
    for (const { process } of this.demos) {
      process.signal('SIGKILL');
      await process.exit();
    }
    rmSync(this.folder, { recursive: true });
  }
}

/**
 * Waits until Prometheus has tried to scrape its targets. It begins to do so seconds after its start; the demos could
 * finish their work before that.
 */
async function taken(prometheus: PrometheusServer, targets: number): Promise<void> {
  try {
    await eventually('a scrape of every target', async () => {
      const tried = await prometheus.query('up');
      return tried.length === targets || undefined;
    });
  } catch (error) {
    await prometheus.stop();
    throw error;
  }
}

function instanceAt(port: number): string {
  return `127.0.0.1:${port}`;
}

/** The alerts without their `for`, so that they fire at once. */
function impatient({ groups }: RuleFile): RuleFile {
  return {
    groups: groups.map(group => ({
      ...group,
      rules: group.rules.map(rule => ({ ...rule, for: '0s' })),
    })),
  };
}
