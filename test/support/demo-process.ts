import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { setTimeout } from 'node:timers/promises';

const HOST = '127.0.0.1';

/** The demo, running in a process of its own. */
export class DemoProcess {
  stdout = '';
  stderr = '';
  private readonly child: ChildProcess;
  private readonly closed: Promise<unknown>;

  /** @param env to be set beside the variables of this process */
  constructor(
    private readonly metricsPort: number,
    args: readonly string[],
    env: NodeJS.ProcessEnv = {},
  ) {
    const main = require.resolve('@example/aerospike-demo');
    this.child = spawn(process.execPath, [main, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        OTEL_EXPORTER_PROMETHEUS_HOST: HOST,
        OTEL_EXPORTER_PROMETHEUS_PORT: String(metricsPort),
        ...env,
      },
    });
    this.closed = once(this.child, 'close');
    this.child.stdout?.on('data', data => (this.stdout += String(data)));
    this.child.stderr?.on('data', data => (this.stderr += String(data)));
  }

  /** Waits until the demo has printed something. */
  async printed(text: string | RegExp): Promise<void> {
    const isThere = () =>
      typeof text === 'string' ? this.stdout.includes(text) : text.test(this.stdout);
    while (!isThere()) {
      this.assertRunning(`printing ${text.toString()}`);
      await Promise.race([this.closed, this.child.stdout && once(this.child.stdout, 'data')]);
    }
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

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** Waits for the end; the exit code, or the signal that killed the process. */
  async exit(): Promise<number | NodeJS.Signals | null> {
    await this.closed;
    return this.child.exitCode ?? this.child.signalCode;
  }

  private assertRunning(purpose: string): void {
    const { exitCode, signalCode } = this.child;
    if (exitCode === null && signalCode === null) return;
    throw new Error(`the demo ended (${exitCode ?? signalCode}) before ${purpose}: ${this.stderr}`);
  }
}

/** A server that does nothing but take a port. */
export async function takePort(): Promise<{ port: number; server: Server }> {
  const server = createServer().listen(0, HOST);
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, server };
}

export async function freePort(): Promise<number> {
  const { port, server } = await takePort();
  server.close();
  await once(server, 'close');
  return port;
}
