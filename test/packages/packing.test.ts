import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PACKAGE_NAMES, PACKAGES, ROOT } from '@test/support';

const URL = 'https://github.com/example/repository';
const FILES = ['README.md', 'package.json'];
const COPIED = ['scripts', 'docs', 'examples', 'packages'];

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

  /** Runs the script in the copy of a package, as npm does; gives the files as they are then. */
  function run(name: string, options: readonly string[]): string[] {
    const folder = join(repository, PACKAGES[name as keyof typeof PACKAGES].slice(ROOT.length));
    const script = join(repository, 'scripts/prepack.mjs');
    const { status, stderr } = spawnSync(process.execPath, [script, ...options], {
      cwd: folder,
      encoding: 'utf8',
    });
    assert.deepEqual([status, stderr], [0, '']);
    return FILES.map(file => readFileSync(join(folder, file), 'utf8'));
  }

  /** Says where the repository is, or that nobody knows. */
  function setRepository(url: string | undefined): void {
    writeFileSync(join(repository, 'package.json'), JSON.stringify({ repository: url }));
  }

  for (const name of PACKAGE_NAMES) {
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
