import assert from 'node:assert/strict';
import { unitOfName } from '../../src/exposition/unit';

describe('the unit of a metric', () => {
  for (const [name, unit, word] of [
    ['db_client_operation_duration_seconds', 's', 'seconds'],
    ['seconds', 's', 'seconds'],
    ['read_bytes', 'By', 'bytes'],
    ['read_bytes_per_second', 'By/s', 'bytes_per_second'],
    ['hits_ratio', '1', 'ratio'],
    ['db_client_operation_duration', 's', undefined],
    ['milliseconds', 's', undefined],
    ['requests', '{request}', undefined],
    ['requests_per_second', '{request}/s', 'per_second'],
    ['requests', '', undefined],
  ] as const) {
    it(`${unit === '' ? 'none' : unit} is ${word ?? 'not named'} for ${name}`, () => {
      assert.equal(unitOfName(name, unit), word);
    });
  }
});
