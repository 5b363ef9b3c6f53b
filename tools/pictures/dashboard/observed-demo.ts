import { DemoProcess } from '@example/aerospike-demo/build/test/support/demo-process';
import { eventually, freePort } from '@test/support';
import type { PrometheusRelease } from '@test/support/build/prometheus-releases';
import { PrometheusServer } from '@test/support/build/prometheus-server';

const SCRAPE_INTERVAL_S = 1;
/** What Grafana would put for `$__rate_interval`. */
const RATE_INTERVAL_S = 4 * SCRAPE_INTERVAL_S;
/** One of three nodes is killed after a quarter of the time, and restarted after half of it. */
const DEMO = ['--json', '--nodes', '3', '--fault', 'node', '--duration', '40'];
/** So that the panel of the event loop has something to show. */
const RUNTIME_METRICS = require.resolve('@test/support/build/runtime-metrics');

/** What a dashboard looks at: a Prometheus, and from when to when it shows it. In seconds, with one point each. */
export interface Window {
  readonly prometheus: PrometheusServer;
  readonly start: number;
  readonly end: number;
  readonly step: number;
  /** A duration of PromQL. */
  readonly rateInterval: string;
}

/**
 * Runs the demo, with a cluster of which a node fails, while a real Prometheus scrapes it.
 *
 * @param look is given what Prometheus has kept of the demo; nothing is left of it after that
 */
export async function observeDemo<Seen>(
  release: PrometheusRelease,
  look: (window: Window) => Promise<Seen>,
): Promise<Seen> {
  const port = await freePort();
  const prometheus = await PrometheusServer.start({
    release,
    hasFeatures: true,
    config: {
      global: { scrape_interval: `${SCRAPE_INTERVAL_S}s` },
      scrape_configs: [{ job_name: 'shop', static_configs: [{ targets: [`127.0.0.1:${port}`] }] }],
    },
  });
  try {
    await eventually('a first scrape', () => prometheus.value('up'));
    const [start, end] = await runDemo(port, prometheus);
    return await look({
      prometheus,
      start,
      end,
      step: SCRAPE_INTERVAL_S,
      rateInterval: `${RATE_INTERVAL_S}s`,
    });
  } finally {
    await prometheus.stop();
  }
}

/** @returns from when to when Prometheus can compute rates of what the demo does */
async function runDemo(
  port: number,
  prometheus: PrometheusServer,
): Promise<readonly [start: number, end: number]> {
  const demo = new DemoProcess(port, DEMO, {
    AEROSPIKE_HOSTS: '',
    NODE_OPTIONS: `--require ${RUNTIME_METRICS}`,
  });
  try {
    const rates = `sum(rate(db_client_operation_duration_seconds[${RATE_INTERVAL_S}s]))`;
    await eventually('a first rate', async () => (await prometheus.query(rates))[0]);
    // By then the records are written that the demo begins with, which is no work of every day.
    const start = Math.ceil(Date.now() / 1000) + RATE_INTERVAL_S;
    const { code, stderr } = await demo.result();
    if (code !== 0) throw new Error(`the demo has ended with ${code}: ${stderr}`);
    return [start, Math.floor(Date.now() / 1000) - SCRAPE_INTERVAL_S];
  } finally {
    await demo.kill();
  }
}
