import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { DEMO_PICTURE, demoPicture } from './demo';
import { linesOf, terminal } from './terminal';
import { TRACE_PICTURE, tracePicture } from './trace';

/** What does not vary from run to run: the command, the head of the table and its operations. */
function constantPart(picture: string): string[] {
  const [command = '', ...lines] = linesOf(picture);
  const head = lines.findIndex(line => line.startsWith('operation '));
  assert.notEqual(head, -1, 'there is no table');
  const [titles = '', ...rows] = lines.slice(head, -1);
  return [command, titles.split(/ +/).join(' '), ...rows.map(row => row.split(' ')[0] ?? '')];
}

describe('the pictures', function () {
  this.timeout(120_000);

  it('show what the demo prints (if not: npm run pictures)', async () => {
    const committed = readFileSync(DEMO_PICTURE, 'utf8');
    assert.deepEqual(constantPart(committed), constantPart(await demoPicture()));
  });

  it('show the traces of the tracing example (if not: npm run pictures)', async () => {
    const withoutTimes = (picture: string) =>
      linesOf(picture).map(line => line.replace(/ [\d.]+ ms$/, ''));
    const committed = readFileSync(TRACE_PICTURE, 'utf8');
    assert.deepEqual(withoutTimes(committed), withoutTimes(await tracePicture()));
  });

  it('have every line of the terminal, with the characters that XML escapes', () => {
    const picture = terminal('cat', 'a < b && c > d\n\n  e &lt; f\n');
    assert.deepEqual(linesOf(picture), ['$ cat', 'a < b && c > d', '  e &lt; f']);
  });
});
