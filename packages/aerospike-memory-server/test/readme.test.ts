import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_OPTIONS } from '../src/options';
import { COMMAND_NAMES } from '../src/commands/command';

const README = readFileSync(join(__dirname, '../../README.md'), 'utf8');

describe('the README', () => {
  it('names every command that a fault may match', () => {
    for (const name of COMMAND_NAMES) assert.ok(README.includes(`\`'${name}'\``), name);
  });

  it('has a row for every option', () => {
    for (const name of Object.keys(DEFAULT_OPTIONS)) {
      assert.ok(README.includes(`| \`${name}\` `), name);
    }
  });
});
