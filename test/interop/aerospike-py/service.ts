import { METRIC } from '@example/prometheus-grafana/build/src/durations';
import { freePort, type Sample, samplesOf } from '@test/support';
import { CallingProgram } from '../calling-program';

const HOST = '127.0.0.1';

export type ServiceName = 'node' | 'python';

/** A program that does calls, and serves the metrics of them. */
export class Service {
  private constructor(
    readonly name: ServiceName,
    /** Address and port of its metrics, which is the label `instance`. */
    readonly instance: string,
    private readonly program: CallingProgram,
  ) {}

  static async start(
    name: ServiceName,
    { database, python }: { readonly database: number; readonly python: string },
  ): Promise<Service> {
    const port = await freePort();
    const program =
      name === 'python'
        ? await CallingProgram.inPython(database, name, port, python)
        : await CallingProgram.inNode(database, name, {
            OTEL_EXPORTER_PROMETHEUS_HOST: HOST,
            OTEL_EXPORTER_PROMETHEUS_PORT: String(port),
          });
    return new Service(name, `${HOST}:${port}`, program);
  }

  /** Does a call of the table so many times. */
  call(name: string, times: number): Promise<void> {
    return this.program.call(name, times);
  }

  async metrics(): Promise<string> {
    const response = await fetch(`http://${this.instance}/metrics`);
    return response.text();
  }

  /** The counts of the operations. */
  async counts(): Promise<Sample[]> {
    return samplesOf(`${METRIC}_count`, await this.metrics());
  }

  stop(): Promise<void> {
    return this.program.stop();
  }
}
