import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { manifestOf, PACKAGE_NAMES, PACKAGES, ROOT, type PackageName } from '@test/support';

const URL = 'https://github.com/example/repository';
const FILES = ['README.md', 'package.json'];
const COPIED = ['README.md', 'scripts', 'docs', 'examples', 'packages'];

describe('before a package is packed', function () {
  this.timeout(60_000);

  let repository = '';

  before(() => {
    repository = mkdtempSync(join(tmpdir(), 'packing-'));
    const isSource = (path: string) => !/\/(node_modules|build)$/.test(path);
    for (const folder of COPIED) {
      cpSync(join(ROOT, folder), join(repository, folder), { recursive: true, filter: isSource });
    }
  });

  after(() => {
    rmSync(repository, { recursive: true, force: true });
  });

  function folderOf(name: PackageName): string {
    return join(repository, PACKAGES[name].slice(ROOT.length));
  }

  function build(name: PackageName): void {
    const main = join(folderOf(name), manifestOf(PACKAGES[name]).main);
    mkdirSync(dirname(main), { recursive: true });
    writeFileSync(main, '');
  }

  /** Runs the script in the copy of a package, as npm does. */
  function prepack(name: PackageName, options: readonly string[] = []) {
    const script = join(repository, 'scripts/prepack.mjs');
    const { status, stderr } = spawnSync(process.execPath, [script, ...options], {
      cwd: folderOf(name),
      encoding: 'utf8',
    });
    return { status, stderr };
  }

  /** Runs the script in a package that is built; gives the files as they are then. */
  function run(name: PackageName, options: readonly string[]): string[] {
    build(name);
    assert.deepEqual(prepack(name, options), { status: 0, stderr: '' });
    return FILES.map(file => readFileSync(join(folderOf(name), file), 'utf8'));
  }

  /** Says where the repository is, or that nobody knows. */
  function setRepository(url: string | undefined): void {
    writeFileSync(join(repository, 'package.json'), JSON.stringify({ repository: url }));
  }

  for (const name of PACKAGE_NAMES) {
    it(`${name} is refused that is not built`, () => {
      rmSync(join(folderOf(name), 'build'), { recursive: true, force: true });
      const { status, stderr } = prepack(name);
      assert.equal(status, 1);
      assert.match(
        stderr,
        /is not built: there is no build\/src\/index\.js\. Run npm run build first/,
      );
    });

    const originals = FILES.map(file => readFileSync(join(PACKAGES[name], file), 'utf8'));

    it(`the links of ${name} become absolute, and lead to what there is`, () => {
      setRepository(URL);
      const [readme = ''] = run(name, []);
      assert.doesNotMatch(readme, /\]\((?!https?:|#)/);
      const ours = Array.from(
        readme.matchAll(/\]\(https:\/\/github\.com\/example\/repository\/(\w+)\/HEAD\/([^)#]*)/g),
        ([, kind = '', path = '']) => ({ kind, path }),
      );
      assert.deepEqual(
        ours.filter(({ path }) => !existsSync(join(ROOT, path))),
        [],
      );
      run(name, ['--restore']);
    });

    it(`${name} says where it comes from, and nothing of it is left afterwards`, () => {
      setRepository(`git+${URL}.git`);
      const [, manifest = ''] = run(name, []);
      const {
        homepage,
        bugs,
        repository: source,
      } = JSON.parse(manifest) as Record<string, unknown>;
      const directory = PACKAGES[name].slice(ROOT.length + 1);
      assert.deepEqual(
        { homepage, bugs, source },
        {
          homepage: `${URL}/tree/HEAD/${directory}#readme`,
          bugs: `${URL}/issues`,
          source: { type: 'git', url: `git+${URL}.git`, directory },
        },
      );
      assert.deepEqual(run(name, ['--restore']), originals);
    });

    it(`${name} stays as it is where nobody has said where the repository is`, () => {
      setRepository(undefined);
      assert.deepEqual(run(name, []), originals);
    });
  }
});

describe('a built package', () => {
  for (const name of PACKAGE_NAMES) {
    it(`of ${name} refers to no source map, since it is published without`, () => {
      const folder = join(PACKAGES[name], 'build/src');
      const scripts = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(file =>
        file.endsWith('.js'),
      );
      assert.ok(scripts.length > 0);
      assert.deepEqual(
        scripts.filter(file => readFileSync(join(folder, file), 'utf8').includes('sourceMapping')),
        [],
      );
    });
  }
});
