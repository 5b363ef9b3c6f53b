import {
  Logger,
  Module,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import {
  startMetricsServer,
  stopMetricsServer,
} from 'opentelemetry-instrumentation-aerospike/prometheus';

/** Measures Aerospike, and serves the metrics on a port of their own. */
@Module({})
export class MetricsModule implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(MetricsModule.name);

  async onApplicationBootstrap(): Promise<void> {
    const { url } = await startMetricsServer({ port: Number(process.env.METRICS_PORT ?? 9464) });
    this.logger.log(`metrics at ${url}`);
  }

  async onApplicationShutdown(): Promise<void> {
    await stopMetricsServer();
  }
}
