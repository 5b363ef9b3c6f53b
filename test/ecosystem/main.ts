// Tries every set-up that users have, outside of the repository: npm run test:ecosystem [-- WORD…] [-- --write-docs]
// Words choose set-ups by parts of their names. With --write-docs the table of all is written, if all have passed.
import { Ecosystem, type Versions } from './ecosystem';
import { SET_UPS } from './set-ups';
import { outdatedRows, writeTable } from './table';

/** How many are tried at once; most of their time is spent on installing. */
const AT_ONCE = 3;
const WRITE_DOCS = '--write-docs';

async function main(args: readonly string[]): Promise<void> {
  const words = args.filter(argument => argument !== WRITE_DOCS);
  const chosen = SET_UPS.filter(
    ({ name }) =>
      words.length === 0 || words.some(word => name.toLowerCase().includes(word.toLowerCase())),
  );
  if (chosen.length === 0) throw new Error(`no set-up is called ${words.join(' or ')}`);

  const passed = new Map<string, Versions>();
  const failed = new Map<string, string>();
  const ecosystem = await Ecosystem.open(SET_UPS);
  const tryOut = async (setUp: (typeof SET_UPS)[number]): Promise<void> => {
    const { name } = setUp;
    const start = Date.now();
    try {
      passed.set(name, await ecosystem.try(setUp));
      failed.delete(name);
    } catch (error) {
      failed.set(name, error instanceof Error ? error.message : String(error));
    }
    const done = passed.size + failed.size;
    const seconds = ((Date.now() - start) / 1000).toFixed(1);
    console.log(
      `${done}/${chosen.length} ${failed.has(name) ? 'FAILED' : 'ok'} ${name} (${seconds} s)`,
    );
  };
  const waiting = [...chosen];
  const work = async (): Promise<void> => {
    for (let setUp = waiting.shift(); setUp !== undefined; setUp = waiting.shift()) {
      await tryOut(setUp);
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    // The client gives up after a second, which a machine that installs three things at once can take for an answer.
    for (const setUp of chosen.filter(({ name }) => failed.has(name))) {
      console.log(`once more, with nothing beside it: ${failed.get(setUp.name) ?? ''}`);
      await tryOut(setUp);
    }
  } finally {
    await ecosystem.close();
  }

  for (const [name, message] of failed) console.log(`\n== ${name}: ${message}`);
  if (failed.size === 0 && words.length === 0) {
    if (args.includes(WRITE_DOCS)) await writeTable(passed);
    for (const row of outdatedRows()) failed.set(row, 'is not what docs/compatibility.md says');
  }
  for (const [name] of failed) console.log(`failed: ${name}`);
  console.log(`\n${passed.size} passed, ${failed.size} failed`);
  if (failed.size > 0) process.exitCode = 1;
}

void main(process.argv.slice(2));
