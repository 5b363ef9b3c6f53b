// Rehearses a release of what is committed, in a copy of the repository: versions, changelogs, tags and tarballs. Nothing
// is pushed or published: npm run rehearse-release [-- FOLDER-FOR-THE-TARBALLS]
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { readManifest, repositoryUrl, ROOT } from './repository.mjs';

/** Where the root's package.json does not say where the repository is. */
const EXAMPLE_URL = 'https://github.com/example/opentelemetry-instrumentation-aerospike';

const [destination] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'release-'));
try {
  rehearse(join(folder, 'repository'));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function rehearse(copy) {
  show('git', ['clone', '--quiet', ROOT, copy], ROOT);
  const run = (command, ...args) => show(command, args, copy);
  run('git', 'config', 'user.name', 'Release rehearsal');
  run('git', 'config', 'user.email', 'release@example.com');
  run('git', 'checkout', '--quiet', '-B', 'main');
  run('npm', 'pkg', 'set', `repository=${repositoryUrl() ?? EXAMPLE_URL}`);
  run('git', 'commit', '--quiet', '--all', '--allow-empty', '-m', 'chore: say where this is');
  run('npm', 'run', 'release', '--', '--no-push', '--yes');
  run('npm', 'ci', '--prefer-offline');
  run('npm', 'run', 'build');
  run('npm', 'run', 'pack');

  const tags = execFileSync('git', ['tag', '--points-at', 'HEAD'], { cwd: copy, encoding: 'utf8' });
  const tarballs = readdirSync(join(copy, '.release')).map(name => join(copy, '.release', name));
  const packages = tarballs.map(tarball => inspected(tarball, tags.trim().split('\n')));
  console.log('\nNothing is pushed or published. What would be:');
  console.table(packages);
  if (packages.length === 0) throw new Error('There is nothing to release.');
  if (destination !== undefined) {
    mkdirSync(destination, { recursive: true });
    for (const tarball of tarballs) cpSync(tarball, resolve(destination, basename(tarball)));
  }
}

/** @throws Error when a tarball is not what is to be published */
function inspected(tarball, tags) {
  const content = `${tarball}-content`;
  mkdirSync(content);
  execFileSync('tar', ['-xzf', tarball, '--strip-components=1', '-C', content]);
  const { name, version, repository } = readManifest(content);
  const tag = `${name}@${version}`;
  const read = file => readFileSync(join(content, file), 'utf8');
  const mistakes = [
    !tags.includes(tag) && `there is no tag ${tag}`,
    !read('CHANGELOG.md').includes(`\n## ${version} (`) && 'the changelog has no such version',
    repository === undefined && 'it does not say where it comes from',
    /\]\((?!\w+:|#)/.test(read('README.md')) && 'the README has links that are not absolute',
    ...readdirSync(content, { recursive: true })
      .filter(file => file.endsWith('.js'))
      .map(file => read(file).includes('sourceMappingURL') && `${file} refers to a map`),
  ].filter(Boolean);
  if (mistakes.length > 0) throw new Error(`${basename(tarball)}: ${mistakes.join('; ')}`);
  return {
    tag,
    tarball: basename(tarball),
    files: readdirSync(content, { recursive: true }).length,
  };
}

function show(command, args, cwd) {
  console.log(`\n$ ${command} ${args.join(' ')}`);
  // What an outer npm passes on, such as its configuration, is not meant for the copy.
  const inherited = Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name));
  execFileSync(command, args, { cwd, stdio: 'inherit', env: Object.fromEntries(inherited) });
}
