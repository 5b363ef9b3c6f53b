import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { stringify } from 'yaml';

export type Labels = Readonly<Record<string, string>>;

/** Time in seconds and value, as the HTTP API writes them. */
export type Point = readonly [time: number, value: string];

/** A series of an answer. In an instant vector it has one value, in a range vector all of its window. */
export interface Series {
  readonly metric: Labels;
  readonly value?: Point;
  readonly values?: readonly Point[];
}

export interface Alert {
  readonly labels: Labels;
  readonly state: 'pending' | 'firing';
}

/** A real Prometheus with a data folder of its own, on a free port of 127.0.0.1. */
export class PrometheusServer {
  private constructor(
    private readonly child: ChildProcessByStdio<null, null, Readable>,
    private readonly folder: string,
    private readonly url: string,
  ) {}

  static async start(config: unknown): Promise<PrometheusServer> {
    const folder = mkdtempSync(join(tmpdir(), 'prometheus-'));
    const configFile = join(folder, 'prometheus.yml');
    writeFileSync(configFile, stringify(config));
    const child = spawn(
      'prometheus',
      [
        `--config.file=${configFile}`,
        `--storage.tsdb.path=${join(folder, 'data')}`,
        '--web.listen-address=127.0.0.1:0',
      ],
      { stdio: ['ignore', 'ignore', 'pipe'] },
    );
    return new PrometheusServer(child, folder, await listening(child));
  }

  async stop(): Promise<void> {
    const closed = once(this.child, 'close');
    if (this.child.exitCode === null && this.child.kill()) await closed;
    rmSync(this.folder, { recursive: true });
  }

  /** @param time in seconds; now, if left out */
  async query(expression: string, time?: number): Promise<Series[]> {
    const parameters = { query: expression, ...(time !== undefined && { time: String(time) }) };
    const { result } = await this.get<{ result: Series[] }>('query', parameters);
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

  async alerts(): Promise<readonly Alert[]> {
    const { alerts } = await this.get<{ alerts: Alert[] }>('alerts', {});
    return alerts;
  }

  private async get<Data>(path: string, parameters: Record<string, string>): Promise<Data> {
    const body = new URLSearchParams(parameters).toString();
    const response = await fetch(`${this.url}/api/v1/${path}?${body}`);
    const answer = (await response.json()) as { status: string; error?: string; data: Data };
    if (answer.status !== 'success') throw new Error(`${answer.error ?? ''}\n${body}`);
    return answer.data;
  }
}

/** Reads the address, with the port that the system has chosen, from the log; waits until queries are answered. */
async function listening(child: ChildProcessByStdio<null, null, Readable>): Promise<string> {
  let log = '';
  for await (const line of createInterface(child.stderr)) {
    log += `${line}\n`;
    const [, address] = /msg="Listening on" address=(\S+)/.exec(log) ?? [];
    if (address !== undefined && log.includes('Server is ready to receive web requests')) {
      // Unread, the log would fill the pipe and stop Prometheus.
      child.stderr.resume();
      return `http://${address}`;
    }
  }
  throw new Error(`Prometheus does not listen:\n${log}`);
}
