// Runs all tests with every supported combination of Node.js and aerospike: npm run test:matrix [-- NODE/AEROSPIKE…]
//
// The binaries of Node.js come from npm (the platform packages behind the package `node`). A version of aerospike
// other than the one of the lockfile gets a copy of the built repository, with its own node_modules.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const MATRIX = [
  { node: '20', aerospike: '6.7.1' },
  { node: '20', aerospike: '5.13.2' },
  { node: '22', aerospike: '6.7.1' },
  { node: '24', aerospike: '6.7.1' },
];

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const FOLDER = join(ROOT, '.matrix');
const MANIFESTS = ['package.json', 'examples/demo/package.json'];

function run(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit', ...options });
  if (error) throw error;
  return status === 0;
}

function must(command, args, options) {
  if (!run(command, args, options)) throw new Error(`${command} ${args.join(' ')} failed`);
}

const readJson = file => JSON.parse(readFileSync(file, 'utf8'));

/** Path of a Node.js binary of this major version. */
function nodeBinary(major) {
  if (process.versions.node.startsWith(`${major}.`)) return process.execPath;
  const name = `node-${process.platform}-${process.arch}`;
  const folder = join(FOLDER, `node-${major}`);
  const binary = join(folder, 'node_modules', name, 'bin', 'node');
  if (!existsSync(binary)) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{ "private": true }');
    must('npm', ['install', '--no-save', '--no-package-lock', `${name}@${major}`], { cwd: folder });
  }
  return binary;
}

/** Folder of the built repository with this version of aerospike installed. */
function repositoryWith(version) {
  const pinned = readJson(join(ROOT, 'package.json')).devDependencies.aerospike;
  if (pinned === version) return ROOT;

  const folder = join(FOLDER, `aerospike-${version}`);
  const isLeftOut = path => /(^|[\\/])(node_modules|\.git|\.matrix|coverage)([\\/]|$)/.test(path);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const name of [
    'packages',
    'examples',
    'test',
    'package.json',
    'package-lock.json',
    '.mocharc.json',
    '.npmrc',
  ]) {
    const source = join(ROOT, name);
    if (!existsSync(source)) continue;
    cpSync(source, join(folder, name), {
      recursive: true,
      filter: path => !isLeftOut(relative(ROOT, path).split(sep).join('/')),
    });
  }
  for (const name of MANIFESTS) {
    const manifest = readJson(join(folder, name));
    for (const field of ['dependencies', 'devDependencies']) {
      if (manifest[field]?.aerospike) manifest[field].aerospike = version;
    }
    writeFileSync(join(folder, name), JSON.stringify(manifest, null, 2));
  }
  must('npm', ['install', '--prefer-offline'], { cwd: folder });
  const installedAt = join(folder, 'node_modules', 'aerospike');
  const installed = readJson(join(installedAt, 'package.json')).version;
  if (installed !== version) throw new Error(`aerospike ${installed} is installed, not ${version}`);
  // Its install script chooses the binary for this system, and then downloads or compiles; the first part is enough.
  must('npm', ['run', '--if-present', 'removeExtraBinaries'], { cwd: installedAt });
  return folder;
}

const chosen = process.argv.slice(2);
const rows = MATRIX.filter(
  ({ node, aerospike }) => chosen.length === 0 || chosen.includes(`${node}/${aerospike}`),
);
if (rows.length === 0) {
  const known = MATRIX.map(({ node, aerospike }) => `${node}/${aerospike}`).join(', ');
  throw new Error(`no row of the matrix is ${chosen.join(' or ')}; there are ${known}`);
}

const results = rows.map(({ node, aerospike }) => {
  const cwd = repositoryWith(aerospike);
  const binary = nodeBinary(node);
  const version = spawnSync(binary, ['--version'], { encoding: 'utf8' }).stdout.trim();
  console.log(`\n== Node.js ${version}, aerospike ${aerospike}`);
  const passed = run(binary, ['node_modules/mocha/bin/mocha.js', '--reporter', 'dot'], { cwd });
  return { 'Node.js': version, aerospike, tests: passed ? 'passed' : 'FAILED' };
});

console.table(results);
if (results.some(({ tests }) => tests !== 'passed')) process.exitCode = 1;
