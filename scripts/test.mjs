// Builds what has changed and runs tests with mocha, from the root or from a package:
//
//   npm test                                     all tests of the folder
//   npm test -- test/errors.test.ts --bail       these files, or those below these folders; options are mocha's
//   npm run test:watch -- test/errors.test.ts    again after each change
//
// The tests are found among the sources, so that a test that was deleted or renamed is not run from an older build.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const require = createRequire(import.meta.url);
const TSC = require.resolve('typescript/bin/tsc');
const MOCHA = require.resolve('mocha/bin/mocha.js');
const SUFFIX = '.test.ts';

/** What needs more than Node.js, and has a command of its own. */
const APART = ['test/interop'];

/** What `npm run test:…` of the root runs; folders from the root. */
const SUITES = {
  unit: { folders: ['packages'], apart: [], areTogether: true },
  all: { folders: ['packages', 'examples', 'tools', 'test'], apart: APART, areTogether: false },
  interop: { folders: ['test/interop'], apart: [], areTogether: false },
};

const { suite, isWatching, isBuilt, paths, options } = readArguments(process.argv.slice(2));
const tests = paths.length > 0 ? paths.flatMap(testsAt) : testsOf(suite);
if (tests.length === 0) fail('There are no tests.');
const projects = [...new Set(tests.map(projectOf))];
if (isWatching) watch();
else {
  if (!isBuilt && !build()) process.exit(1);
  const status = await Promise.all(groups().map(run));
  process.exitCode = Math.max(...status);
}

function readArguments(args) {
  const given = { suite: undefined, isWatching: false, isBuilt: false, paths: [], options: [] };
  for (const argument of args) {
    const [, suite] = /^--suite=(.*)$/.exec(argument) ?? [];
    if (suite !== undefined) given.suite = suite;
    else if (argument === '--watch') given.isWatching = true;
    else if (argument === '--no-build') given.isBuilt = true;
    else if (argument.endsWith('.ts') || isFolder(argument)) given.paths.push(argument);
    else given.options.push(argument);
  }
  return given;
}

function testsOf(name) {
  if (name === undefined) return testsBelow(process.cwd());
  if (!Object.hasOwn(SUITES, name)) fail(`There is no suite '${name}'.`);
  const { folders, apart } = SUITES[name];
  const isApart = file => apart.some(folder => file.startsWith(join(ROOT, folder, '/')));
  return folders.flatMap(folder => testsBelow(join(ROOT, folder))).filter(file => !isApart(file));
}

/** A path is taken from where npm was called, from the package, or from the root. */
function placeOf(path) {
  const places = [process.env.INIT_CWD ?? '.', '.', ROOT].map(place => resolve(place, path));
  return places.find(existsSync);
}

function isFolder(argument) {
  const place = argument.includes('/') ? placeOf(argument) : undefined;
  return place !== undefined && statSync(place).isDirectory();
}

function testsAt(path) {
  const found = placeOf(path);
  if (found === undefined) fail(`There is no ${path}.`);
  if (statSync(found).isDirectory()) return testsBelow(found);
  if (!found.endsWith(SUFFIX)) fail(`${path} is no test: those end in ${SUFFIX}.`);
  return [found];
}

function testsBelow(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => name !== 'node_modules' && name !== 'build')
    .flatMap(entry => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return testsBelow(path);
      return entry.name.endsWith(SUFFIX) ? [path] : [];
    })
    .sort();
}

/** The folder of the tsconfig.json that a test is compiled with. */
function projectOf(file) {
  let folder = dirname(file);
  while (!existsSync(join(folder, 'tsconfig.json'))) folder = dirname(folder);
  return folder;
}

function builtFrom(file) {
  const project = projectOf(file);
  return join(project, 'build', relative(project, file).replace(/\.ts$/, '.js'));
}

function mochaArguments(files) {
  return [MOCHA, '--config', join(ROOT, '.mocharc.json'), ...options, ...files.map(builtFrom)];
}

function build() {
  const { status } = spawnSync(process.execPath, [TSC, '--build', ...projects], {
    stdio: 'inherit',
  });
  return status === 0;
}

/** The tests by what runs at the same time, each group in a process of its own. */
function groups() {
  if (paths.length > 0 || !SUITES[suite]?.areTogether) return [tests];
  return projects.map(project => tests.filter(file => projectOf(file) === project));
}

/** Runs tests until they end; gives the exit code. The first run is shown at once, the others when they have ended. */
async function run(files, index) {
  const colors = process.stdout.isTTY ? ['--colors'] : [];
  const isShown = index === 0;
  const child = spawn(process.execPath, [...mochaArguments(files), ...colors], {
    stdio: ['inherit', isShown ? 'inherit' : 'pipe', 'inherit'],
  });
  const closed = once(child, 'close');
  if (!isShown) process.stdout.write(await text(child.stdout));
  const [status] = await closed;
  return status ?? 1;
}

/** The compiler writes what has changed, and mocha sees that. */
function watch() {
  if (!build()) console.error('The tests run with what could be built.');
  const watched = projects.flatMap(project => ['--watch-files', join(project, 'build/**/*.js')]);
  const programs = [
    [TSC, '--build', '--watch', '--preserveWatchOutput', ...projects],
    [...mochaArguments(tests), '--watch', ...watched],
  ].map(args => spawn(process.execPath, args, { stdio: 'inherit' }));
  for (const program of programs) {
    program.on('exit', () => {
      for (const other of programs) other.kill();
    });
  }
}

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}
