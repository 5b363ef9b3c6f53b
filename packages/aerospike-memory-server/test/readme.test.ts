import assert from 'node:assert/strict';
import { DEFAULT_OPTIONS } from '../src/options';
import { COMMAND_NAMES } from '../src/commands/command';
import { readme } from './support/readme';

describe('the README', () => {
  it('says what is supported (if not: npm run support-table)', async () => {
    const { current, expected } = await readme();
    assert.equal(current, expected);
  });

  it('names every command that a fault may match', async () => {
    const { current } = await readme();
    for (const name of COMMAND_NAMES) assert.ok(current.includes(`\`'${name}'\``), name);
  });

  it('has a row for every option', async () => {
    const { current } = await readme();
    for (const name of Object.keys(DEFAULT_OPTIONS)) {
      assert.ok(current.includes(`| \`${name}\` `), name);
    }
  });
});
