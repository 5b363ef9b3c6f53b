import 'reflect-metadata';
import { Controller, Get, Inject, Module, Param } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import Aerospike, { type Client } from 'aerospike';

const AEROSPIKE = Symbol('Aerospike client');

@Controller('visits')
class VisitsController {
  constructor(@Inject(AEROSPIKE) private readonly client: Client) {}

  @Get(':page')
  async count(@Param('page') page: string): Promise<object> {
    const key = new Aerospike.Key('test', 'visits', page);
    const visits = [Aerospike.operations.incr('visits', 1), Aerospike.operations.read('visits')];
    const { bins } = await this.client.operate(key, visits);
    return bins;
  }
}

@Module({
  controllers: [VisitsController],
  providers: [{ provide: AEROSPIKE, useFactory: () => Aerospike.connect() }],
})
class ApplicationModule {}

async function main(): Promise<void> {
  const application = await NestFactory.create(ApplicationModule);
  await application.listen(process.env.PORT ?? 8080);
}

void main();
