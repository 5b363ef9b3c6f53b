import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { AerospikeMemoryServer } from 'aerospike-memory-server';
import { unknownScripts } from './commands';
import { EXCERPT_LANGUAGES, PROGRAMS, sourceOf } from './excerpts';
import { isLayout, layoutMistakes } from './layout';
import { brokenLinks } from './links';
import { documents, type Block } from './markdown';
import { PAGE as SET_UPS } from '../ecosystem/page';
import { outdatedSections } from '@repository/tools/build/documentation';
import { Session, type Step } from './session';
import { STEP_LANGUAGES, stepsOf } from './steps';
import { ROOT } from '@test/support';

const DOCUMENTS = documents();
const BENCHMARKS = pathToFileURL(join(ROOT, 'benchmarks/report/sections.mjs')).href;

interface Benchmarks {
  /** By document: the names of the sections that `npm run bench -- --write-docs` writes. */
  readonly SECTIONS: Readonly<Record<string, readonly string[]>>;
  readonly withSections: (
    text: string,
    contentOf: (name: string, content: string) => string,
  ) => { readonly written: string; readonly names: readonly string[] };
}

describe('the documentation', function () {
  this.timeout(300_000);

  let server: AerospikeMemoryServer;

  before(async () => {
    server = await AerospikeMemoryServer.create();
  });

  after(() => server.stop());

  async function inSession(use: (session: Session) => Promise<void>): Promise<void> {
    const session = await Session.open(server.hosts);
    try {
      await use(session);
    } finally {
      await session.close();
    }
  }

  const run = (steps: readonly Step[]): Promise<void> =>
    inSession(async session => {
      for (const step of steps) await session.run(step);
    });

  it('says what the code says (if not: npm run docs, or run the matrix)', async () => {
    assert.deepEqual(await outdatedSections(), []);
  });

  it('has a place for everything that the benchmarks write', async () => {
    const { SECTIONS, withSections } = (await import(BENCHMARKS)) as Benchmarks;
    for (const [path, expected] of Object.entries(SECTIONS)) {
      const text = DOCUMENTS.find(document => document.path === path)?.text ?? '';
      const { written, names } = withSections(text, (_, content) => content);
      assert.deepEqual(names, expected, path);
      assert.equal(written, text, path);
    }
  });

  it('has an index of all its pages', () => {
    const index = DOCUMENTS.find(({ path }) => path === 'docs/README.md')?.text ?? '';
    const pages = readdirSync(join(ROOT, 'docs')).filter(file => file.endsWith('.md'));
    assert.deepEqual(
      pages.filter(page => page !== 'README.md' && !index.includes(`](${page})`)),
      [],
    );
  });

  for (const file of readdirSync(join(ROOT, PROGRAMS)).filter(name => name.endsWith('.mjs'))) {
    it(`shows lines of ${file}, which runs`, async () => {
      const path = `${PROGRAMS}/${file}`;
      const excerpts = DOCUMENTS.flatMap(({ blocks }) => blocks).filter(
        ({ language, text }) => sourceOf(language, text) === path,
      );
      assert.ok(excerpts.length > 0, 'no document shows it');
      await inSession(session => session.complete(join(ROOT, path)));
    });
  }

  for (const document of DOCUMENTS) {
    describe(`in ${document.path}`, () => {
      it('has no block that nothing accounts for', () => {
        assert.deepEqual(
          document.blocks.flatMap(block => mistakesOf(block, document.path)),
          [],
        );
      });

      it('has no link to what there is not', () => {
        assert.deepEqual(brokenLinks(document), []);
      });

      it('names no npm script that there is not', () => {
        assert.deepEqual(unknownScripts(document), []);
      });

      const steps = document.blocks.filter(({ language }) => STEP_LANGUAGES.includes(language));
      if (steps.length > 0 && document.path !== SET_UPS) {
        it('does what its commands show', () => run(stepsOf(document)));
      }
    });
  }
});

/** What is wrong with a block that is neither run nor an excerpt of a file that is run or checked elsewhere. */
function mistakesOf(block: Block, path: string): string[] {
  const { language, text, line } = block;
  if (isLayout(block)) return layoutMistakes(text).map(mistake => `line ${line}: ${mistake}`);
  if (STEP_LANGUAGES.includes(language)) return [];
  // The ecosystem suite runs its blocks, in folders with other packages.
  if (path === SET_UPS) return [];
  // The interop tests of Prometheus run all of them.
  if (language === 'promql') return [];
  // The test of the architecture compares them with the source.
  if (language === 'mermaid' && path === 'docs/architecture.md') return [];
  if (language in EXCERPT_LANGUAGES) {
    return sourceOf(language, text) ? [] : [`line ${line}: no program has these lines`];
  }
  return [`line ${line}: nothing accounts for the language '${language}'`];
}
