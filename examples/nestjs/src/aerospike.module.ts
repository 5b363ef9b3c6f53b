import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import * as Aerospike from 'aerospike';

export const AEROSPIKE = Symbol('Aerospike client');

/** Provides the client, connected to AEROSPIKE_HOSTS. */
@Module({
  providers: [{ provide: AEROSPIKE, useFactory: () => Aerospike.connect() }],
  exports: [AEROSPIKE],
})
export class AerospikeModule implements OnApplicationShutdown {
  constructor(@Inject(AEROSPIKE) private readonly client: Aerospike.Client) {}

  onApplicationShutdown(): void {
    this.client.close();
  }
}
