import { freePort, Program } from '@test/support';
import { join } from 'node:path';
import { PROMETHEUS_EXAMPLE } from '../../prometheus-grafana/example-files';

const HOST = '127.0.0.1';

/** A real OpenTelemetry Collector with the configuration of the Compose project, but for its addresses. */
export class Collector {
  private constructor(
    private readonly program: Program,
    /** Takes OTLP over HTTP. */
    readonly url: string,
    /** Address and port that Prometheus scrapes. */
    readonly target: string,
  ) {}

  static async start(executable: string): Promise<Collector> {
    const [receiver, exporter] = [`${HOST}:${await freePort()}`, `${HOST}:${await freePort()}`];
    const configs = [
      join(PROMETHEUS_EXAMPLE, 'otel-collector/config.yaml'),
      `yaml:receivers::otlp::protocols::http::endpoint: ${receiver}`,
      `yaml:exporters::prometheus::endpoint: ${exporter}`,
      // What it measures of itself would take another port.
      'yaml:service::telemetry::metrics::level: none',
    ];
    const program = new Program(
      configs.flatMap(config => ['--config', config]),
      { command: executable },
    );
    await program.printed(/Everything is ready/);
    return new Collector(program, `http://${receiver}`, exporter);
  }

  stop(): Promise<void> {
    return this.program.kill();
  }
}
