import { Body, Controller, Get, Inject, NotFoundException, Param, Put } from '@nestjs/common';
import * as Aerospike from 'aerospike';
import { AEROSPIKE } from './aerospike.module';

@Controller('users')
export class UsersController {
  constructor(@Inject(AEROSPIKE) private readonly client: Aerospike.Client) {}

  @Put(':id')
  async save(@Param('id') id: string, @Body() user: Record<string, string>): Promise<void> {
    await this.client.put(keyOf(id), user);
  }

  @Get(':id')
  async find(@Param('id') id: string): Promise<object> {
    try {
      const { bins } = await this.client.get(keyOf(id));
      return bins;
    } catch (error) {
      const { code } = error as Aerospike.AerospikeError;
      if (code === Aerospike.status.ERR_RECORD_NOT_FOUND) throw new NotFoundException();
      throw error;
    }
  }
}

function keyOf(id: string): Aerospike.Key {
  return new Aerospike.Key('test', 'users', id);
}
