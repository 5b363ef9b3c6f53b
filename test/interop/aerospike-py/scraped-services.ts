import { join } from 'node:path';
import { RECORDING_RULES } from '@example/prometheus-grafana/build/src/recording-rules';
import { METRIC } from '@example/prometheus-grafana/build/src/durations';
import { eventually } from '@test/support';
import { PROMETHEUS_EXAMPLE } from '../../prometheus-grafana/example-files';
import type { PrometheusRelease } from '@test/support/build/prometheus-releases';
import { PrometheusServer } from '@test/support/build/prometheus-server';
import { timeOf } from '../prometheus/time-of';
import type { SideBySide } from './side-by-side';

const SCRAPE_INTERVAL = '100ms';
const EVALUATION_INTERVAL = '250ms';

/** A Prometheus that scrapes both services, as jobs of their names, and knows the recording rules. */
export class ScrapedServices {
  private constructor(
    readonly prometheus: PrometheusServer,
    private readonly services: SideBySide['services'],
  ) {}

  static async start(
    release: PrometheusRelease,
    { services }: SideBySide,
  ): Promise<ScrapedServices> {
    const config = {
      global: { scrape_interval: SCRAPE_INTERVAL, evaluation_interval: EVALUATION_INTERVAL },
      rule_files: [join(PROMETHEUS_EXAMPLE, 'prometheus/rules/classic/recording.yml')],
      scrape_configs: Object.values(services).map(({ name, instance }) => ({
        job_name: name,
        static_configs: [{ targets: [instance] }],
      })),
    };
    const prometheus = await PrometheusServer.start({ release, config });
    return new ScrapedServices(prometheus, services);
  }

  /** A time in seconds when what each service has counted so far had been scraped. */
  async timeOfCounts(): Promise<number> {
    const conditions: string[] = [];
    for (const service of Object.values(this.services)) {
      const counts = await service.counts();
      const sum = counts.reduce((total, { value }) => total + value, 0);
      conditions.push(`(sum(${METRIC}_count{job="${service.name}"}) == ${sum})`);
    }
    return timeOf(this.prometheus, conditions.join(' and '));
  }

  /** A time in seconds after another, of which all recorded series have a value. */
  async timeOfRecording(after: number): Promise<number> {
    const last = RECORDING_RULES.at(-1)?.record ?? '';
    return eventually('another evaluation of the recording rules', () =>
      this.prometheus.value(`max(timestamp(${last})) > ${after}`),
    );
  }

  stop(): Promise<void> {
    return this.prometheus.stop();
  }
}
