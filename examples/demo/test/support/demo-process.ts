import { setTimeout } from 'node:timers/promises';
import { Program } from '@test/support';

const HOST = '127.0.0.1';

/** The demo, running in a process of its own. */
export class DemoProcess extends Program {
  /** @param env to be set beside the variables of this process */
  constructor(
    private readonly metricsPort: number,
    args: readonly string[],
    env: NodeJS.ProcessEnv = {},
  ) {
    super([require.resolve('@example/aerospike-demo'), ...args], {
      env: {
        OTEL_EXPORTER_PROMETHEUS_HOST: HOST,
        OTEL_EXPORTER_PROMETHEUS_PORT: String(metricsPort),
        ...env,
      },
    });
  }

  /** Scrapes the metrics until they are as they should be. */
  async scraped(isComplete: (text: string) => boolean): Promise<string> {
    for (;;) {
      const text = await this.scrape().catch((error: unknown) => {
        const { code } = (error as Error).cause as NodeJS.ErrnoException;
        if (code !== 'ECONNREFUSED') throw error;
        return '';
      });
      if (isComplete(text)) return text;
      this.assertRunning('serving what was waited for');
      await setTimeout(50);
    }
  }

  /** What `curl -s localhost:9464/metrics` shows. */
  async scrape(): Promise<string> {
    const response = await fetch(`http://${HOST}:${this.metricsPort}/metrics`);
    return response.text();
  }
}
