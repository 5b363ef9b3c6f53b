import 'reflect-metadata';
import { Logger, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AerospikeModule } from './aerospike.module';
import { MetricsModule } from './metrics.module';
import { UsersController } from './users.controller';

@Module({ imports: [AerospikeModule, MetricsModule], controllers: [UsersController] })
class ApplicationModule {}

async function main(): Promise<void> {
  const application = await NestFactory.create(ApplicationModule);
  // Without it SIGTERM would end the process before onApplicationShutdown() is called.
  application.enableShutdownHooks();
  await application.listen(process.env.PORT ?? 8080);
  Logger.log(`listening on ${await application.getUrl()}`, 'Application');
}

void main();
