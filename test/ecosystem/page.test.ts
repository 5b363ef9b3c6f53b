import assert from 'node:assert/strict';
import { readPage, recipeOf } from './page';
import { SET_UPS } from './set-ups';
import { outdatedRows } from './table';

describe('the page of set-ups', () => {
  const page = readPage();

  it('has no section with something to do that the ecosystem suite does not do', () => {
    const tried = new Set(SET_UPS.flatMap(({ sections }) => sections));
    const left = Array.from(page)
      .filter(([, { installs, commands, files }]) =>
        [...installs, ...commands, ...Object.keys(files)].some(part => part !== ''),
      )
      .map(([heading]) => heading)
      .filter(heading => !tried.has(heading));
    assert.deepEqual(left, []);
  });

  it('has every section that the ecosystem suite takes its commands from', () => {
    for (const { sections } of SET_UPS) recipeOf(sections, page);
  });

  it('reads commands, what installs packages, and files by the name in their first line', () => {
    const text = [
      '## Some tool',
      '```sh\nnpm install some-tool \\\n  another\nsome-tool run # what it does\n```',
      "```js\n// config/tool.mjs\nimport 'some-tool';\n```",
      '```text\nwhat it prints\n```',
      '## Another',
    ].join('\n\n');
    assert.deepEqual(readPage(text).get('Some tool'), {
      installs: ['npm install some-tool another'],
      commands: ['some-tool run'],
      files: { 'config/tool.mjs': "import 'some-tool';\n" },
    });
  });

  it('refuses a file without a name, which nobody could try', () => {
    assert.throws(
      () => readPage("## Some tool\n\n```js\nimport 'some-tool';\n```\n"),
      /without a file name/,
    );
  });
});

describe('the table of compatibility', () => {
  it('says what the ecosystem suite expects (if not: npm run test:ecosystem -- --write-docs)', () => {
    assert.deepEqual(outdatedRows(), []);
  });

  it('has a row of its own for each set-up', () => {
    const names = SET_UPS.map(({ name }) => name);
    assert.deepEqual(names, [...new Set(names)]);
  });
});
