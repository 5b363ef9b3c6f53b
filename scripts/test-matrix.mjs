// Runs all tests with every supported combination: npm run test:matrix [-- NODE/AEROSPIKE/OPENTELEMETRY…]
// With `-- --write-docs` it then writes the table of them into the documentation, if all have passed. With `-- --others`
// it leaves out the combination that `npm test` has here.
//
// The binaries of Node.js come from npm (the platform packages behind the package `node`). Versions other than those
// of the lockfile get a copy of the built repository, with its own node_modules.
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeFromMatrix } from '../tools/build/documentation/index.js';
import { MATRIX, OPENTELEMETRY_LINES } from '../tools/build/matrix.js';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const FOLDER = join(ROOT, '.matrix');
const COPIED = [
  '.github',
  'package.json',
  'package-lock.json',
  '.mocharc.json',
  '.npmrc',
  'CONTRIBUTING.md',
  'LICENSE',
  'README.md',
  'benchmarks',
  'docs',
  'examples',
  'packages',
  'scripts',
  'test',
  'test-support',
  'tools',
];
const WORKSPACES = [
  '.',
  'test',
  'test-support',
  'tools',
  ...foldersIn('packages'),
  ...foldersIn('examples'),
];

function foldersIn(parent) {
  return readdirSync(join(ROOT, parent), { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(({ name }) => `${parent}/${name}`);
}

function run(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit', ...options });
  if (error) throw error;
  return status === 0;
}

function must(command, args, options) {
  if (!run(command, args, options)) throw new Error(`${command} ${args.join(' ')} failed`);
}

const readJson = file => JSON.parse(readFileSync(file, 'utf8'));

/** Path of the Node.js binary of a row. */
function nodeBinary(row) {
  if (isThisNode(row)) return process.execPath;
  const { node: major } = row;
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

/** The versions of a row that are not those of the lockfile. */
function otherVersions({ aerospike, opentelemetry }) {
  const pinned = readJson(join(ROOT, 'package.json')).devDependencies.aerospike;
  return { ...(aerospike !== pinned && { aerospike }), ...OPENTELEMETRY_LINES[opentelemetry] };
}

const isThisNode = ({ node }) => process.versions.node.startsWith(`${node}.`);

const isPlainTest = row => isThisNode(row) && Object.keys(otherVersions(row)).length === 0;

/** Folder of the built repository with the versions of a row installed. */
function repositoryWith(row) {
  const { aerospike, opentelemetry } = row;
  const versions = otherVersions(row);
  if (Object.keys(versions).length === 0) return ROOT;

  const folder = join(FOLDER, `aerospike-${aerospike}-opentelemetry-${opentelemetry}`);
  const marker = join(folder, '.complete');
  // The dependencies may stay from an earlier row or run; the code may not.
  for (const name of COPIED) rmSync(join(folder, name), { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const name of COPIED) {
    cpSync(join(ROOT, name), join(folder, name), { recursive: true, filter: isCopied });
  }
  for (const workspace of WORKSPACES) {
    const file = join(folder, workspace, 'package.json');
    if (!existsSync(file)) continue;
    const manifest = readJson(file);
    for (const dependencies of [manifest.dependencies, manifest.devDependencies]) {
      for (const name of Object.keys(dependencies ?? {})) {
        if (name in versions) dependencies[name] = versions[name];
      }
    }
    writeFileSync(file, JSON.stringify(manifest, null, 2));
  }
  // The packages of another line share hardly a version with those in the lockfile.
  const lockfile = opentelemetry === '2' ? [] : ['--no-package-lock'];
  must('npm', ['install', '--prefer-offline', ...lockfile], { cwd: folder });
  for (const [name, version] of Object.entries(versions)) {
    const installed = readJson(join(folder, 'node_modules', name, 'package.json')).version;
    if (installed !== version) throw new Error(`${name} ${installed} is installed, not ${version}`);
  }
  // The client's install script chooses the binary for this system, and then downloads or compiles one; the first part
  // is enough.
  const client = join(folder, 'node_modules', 'aerospike');
  if (!existsSync(marker))
    must('npm', ['run', '--if-present', 'removeExtraBinaries'], { cwd: client });
  writeFileSync(marker, '');
  return folder;
}

function isCopied(path) {
  const parts = relative(ROOT, path).split(sep);
  return !parts.includes('node_modules');
}

const nameOf = ({ node, aerospike, opentelemetry }) => `${node}/${aerospike}/${opentelemetry}`;

const WRITE_DOCS = '--write-docs';
const OTHERS = '--others';

const chosen = process.argv.slice(2).filter(argument => argument !== WRITE_DOCS);
const writesDocs = process.argv.includes(WRITE_DOCS);
if (writesDocs && chosen.length > 0) {
  throw new Error(`${WRITE_DOCS} goes with nothing else, since all rows must have passed`);
}
const rows = MATRIX.filter(row => {
  if (chosen.length === 0) return true;
  return chosen.includes(OTHERS) ? !isPlainTest(row) : chosen.includes(nameOf(row));
});
if (rows.length === 0) {
  const known = MATRIX.map(nameOf).join(', ');
  throw new Error(`no row of the matrix is ${chosen.join(' or ')}; there are ${known}`);
}

const results = rows.map(row => {
  const { aerospike, opentelemetry } = row;
  const cwd = repositoryWith(row);
  const binary = nodeBinary(row);
  const version = spawnSync(binary, ['--version'], { encoding: 'utf8' }).stdout.trim();
  console.log(`\n== Node.js ${version}, aerospike ${aerospike}, OpenTelemetry ${opentelemetry}.x`);
  const passed = run(binary, ['scripts/test.mjs', '--suite=all', '--no-build', '--reporter=dot'], {
    cwd,
  });
  return {
    'Node.js': version,
    aerospike,
    OpenTelemetry: `${opentelemetry}.x`,
    tests: passed ? 'passed' : 'FAILED',
  };
});

console.table(results);
if (results.some(({ tests }) => tests !== 'passed')) process.exitCode = 1;
else if (writesDocs) await writeFromMatrix();
