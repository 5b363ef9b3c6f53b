import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { manifestOf, pack, PACKAGE_NAMES, PACKAGES, type PackageName } from '@test/support';

describe('the tarball of', function () {
  this.timeout(60_000);

  let folder = '';
  let tarballs: Readonly<Record<PackageName, string>>;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tarballs-'));
    tarballs = await pack(folder);
  });

  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  for (const name of PACKAGE_NAMES) {
    describe(name, () => {
      it('holds what its sources compile to, and nothing else', async () => {
        const { createPackageFromTarballData } = await import('@arethetypeswrong/core');
        const prefix = `/node_modules/${name}/`;
        const files = createPackageFromTarballData(readFileSync(tarballs[name])).listFiles();
        assert.deepEqual(
          files.map(file => file.slice(prefix.length)).sort(),
          neededFiles(PACKAGES[name]).sort(),
          'where a file of the build has no source any more, npm run clean removes it',
        );
      });

      it('is what publint wants it to be', async () => {
        const { publint } = await import('publint');
        const { formatMessage } = await import('publint/utils');
        const tarball = Uint8Array.from(readFileSync(tarballs[name])).buffer;
        const { messages, pkg } = await publint({ pack: { tarball }, strict: true });
        assert.deepEqual(
          messages.map(message => formatMessage(message, pkg, { color: false })),
          [],
        );
      });

      it('has types that TypeScript finds at every entry point, however it looks for them', async () => {
        const { checkPackage, createPackageFromTarballData } =
          await import('@arethetypeswrong/core');
        const checked = await checkPackage(
          createPackageFromTarballData(readFileSync(tarballs[name])),
        );
        assert.ok(checked.types, 'no types at all');
        assert.deepEqual(checked.problems, []);
        assert.deepEqual(
          Object.keys(checked.entrypoints).sort(),
          Object.keys(manifestOf(PACKAGES[name]).exports).sort(),
        );
      });
    });
  }
});

/** The files that a package is to be published with, according to its sources. */
function neededFiles(folder: string): string[] {
  const sources = readdirSync(join(folder, 'src'), { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.ts'))
    .map(file => file.replace(/\.ts$/, ''));
  const commands = Object.values(manifestOf(folder).bin ?? {});
  return [
    ...['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json'],
    ...commands,
    ...sources.flatMap(source => [`build/src/${source}.js`, `build/src/${source}.d.ts`]),
  ];
}
