import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AerospikeMemoryServer } from 'aerospike-memory-server';
import { run } from './commands';
import { install, installationsOf, writeFiles, type Installation } from './installation';
import { ExportCounter } from './export-counter';
import { recipeOf, type Recipe } from './page';
import { freePorts } from './ports';
import { Registry, type Tarball } from './registry';
import { ROOT } from './root';
import type { SetUp } from './set-up';
import { Tools } from './tools';
import { attempt, EXPORT_INTERVAL_MS } from './trial';

const PACKAGES = ['opentelemetry-instrumentation-aerospike', 'aerospike-memory-server'];
const APPLICATIONS = join(ROOT, 'test/ecosystem/applications');

/** Everything outside the repository that set-ups are tried in; another checkout has another. */
const FOLDER = join(
  tmpdir(),
  `ecosystem-${createHash('sha256').update(ROOT).digest('hex').slice(0, 8)}`,
);

/** A version of each package that a folder has installed. */
export type Versions = Readonly<Record<string, string>>;

/** What set-ups are tried with: packed packages, a registry that has them, an Aerospike server. */
export class Ecosystem {
  private readonly tools = new Tools(join(FOLDER, 'tools'));
  private readonly installed = new Map<Installation, Promise<string>>();
  private readonly installations: ReadonlyMap<SetUp, Installation>;

  private constructor(
    private readonly registry: Registry,
    private readonly server: AerospikeMemoryServer,
    /** Changes with the content of the packed packages. */
    private readonly ours: string,
    setUps: readonly SetUp[],
  ) {
    this.installations = installationsOf(setUps, recipe);
  }

  static async open(setUps: readonly SetUp[]): Promise<Ecosystem> {
    mkdirSync(FOLDER, { recursive: true });
    const tarballs = await pack();
    const ours = createHash('sha256');
    for (const { content } of tarballs) ours.update(content);
    const digest = ours.digest('hex');
    forgetOtherBuilds(digest);
    const upstream = await run('npm config get registry', { cwd: FOLDER, env: process.env });
    return new Ecosystem(
      await Registry.start(tarballs, upstream.trim()),
      await AerospikeMemoryServer.create(),
      digest,
      setUps,
    );
  }

  async close(): Promise<void> {
    this.registry.stop();
    await this.server.stop();
  }

  /**
   * Tries a set-up.
   *
   * @returns the versions that it was tried with
   * @throws Error which says what is not as expected
   */
  async try(setUp: SetUp): Promise<Versions> {
    const { node = 22, manager = 'npm', application = { 'app.js': 'app.cjs' } } = setUp;
    const installation = this.installations.get(setUp);
    if (installation === undefined) throw new Error(`${setUp.name} is not one of the set-ups`);
    const folder = await this.installation(installation);
    const cwd = setUp.group === undefined ? folder : join(folder, slug(setUp.name));
    const { files, commands } = recipe(setUp);
    writeFiles(cwd, { ...copiesOf(application), ...files, ...setUp.files });

    const receiver = await ExportCounter.start();
    try {
      const env = {
        ...this.environment(await this.tools.path(node, manager)),
        AEROSPIKE_HOSTS: this.server.hosts,
        AEROSPIKE_SET: slug(setUp.name).slice(0, LONGEST_SET),
        PORT: String(await freePorts()),
        OTEL_EXPORTER_PROMETHEUS_PORT: String(await freePorts(setUp.ports)),
        OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
        PM2_HOME: join(FOLDER, 'pm2', slug(setUp.name)),
        SENTRY_DSN: receiver.dsn,
        OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
        OTEL_METRIC_EXPORT_INTERVAL: String(EXPORT_INTERVAL_MS),
        OTEL_METRIC_EXPORT_TIMEOUT: String(EXPORT_INTERVAL_MS),
        // Those of clouds ask for addresses that are not there.
        OTEL_NODE_RESOURCE_DETECTORS: 'host',
        OTEL_BSP_SCHEDULE_DELAY: String(EXPORT_INTERVAL_MS),
        ...setUp.environment,
      };
      await attempt(setUp, { cwd, env, commands: setUp.commands ?? commands, receiver });
    } finally {
      receiver.stop();
    }
    return versionsIn(folder, setUp.shows ?? SHOWN);
  }

  /** The folder of an installation, which is made by the first set-up that asks for it. */
  private installation(installation: Installation): Promise<string> {
    const known = this.installed.get(installation);
    if (known !== undefined) return known;
    const folder = join(FOLDER, 'folders', slug(installation.key));
    const { node, manager } = installation;
    const making = this.tools
      .path(node, manager)
      .then(path => install(installation, folder, this.environment(path), this.ours))
      .then(() => folder);
    this.installed.set(installation, making);
    return making;
  }

  private environment(path: string): NodeJS.ProcessEnv {
    return {
      PATH: `${path}:${process.env.PATH}`,
      ...this.registry.environment,
      pnpm_config_store_dir: join(FOLDER, 'pnpm/store'),
      pnpm_config_cache_dir: PNPM_CACHE,
      YARN_GLOBAL_FOLDER: YARN,
      YARN_ENABLE_TELEMETRY: '0',
      YARN_ENABLE_SCRIPTS: '0',
      // In CI, Yarn refuses to install what is not in its lockfile.
      YARN_ENABLE_IMMUTABLE_INSTALLS: 'false',
      npm_config_ignore_scripts: 'true',
      npm_config_audit: 'false',
      npm_config_fund: 'false',
      NEXT_TELEMETRY_DISABLED: '1',
    };
  }
}

/** Bytes, in Aerospike. */
const LONGEST_SET = 63;

const PNPM_CACHE = join(FOLDER, 'pnpm/cache');
const YARN = join(FOLDER, 'yarn');
const SHOWN = ['aerospike', '@opentelemetry/sdk-metrics'];

/** Package managers keep what they have seen of a version, which an earlier run can have had with other content. */
function forgetOtherBuilds(ours: string): void {
  const marker = join(FOLDER, 'packages.txt');
  if (existsSync(marker) && readFileSync(marker, 'utf8') === ours) return;
  rmSync(PNPM_CACHE, { recursive: true, force: true });
  const cache = join(YARN, 'cache');
  mkdirSync(cache, { recursive: true });
  for (const file of readdirSync(cache)) {
    if (PACKAGES.some(name => file.startsWith(`${name}-npm-`))) rmSync(join(cache, file));
  }
  writeFileSync(marker, ours);
}

/** Packs the packages as they are built. */
async function pack(): Promise<Tarball[]> {
  const folder = mkdtempSync(join(FOLDER, 'tarballs-'));
  const workspaces = PACKAGES.map(name => `--workspace ${name}`).join(' ');
  // What is to be done before packing makes the links of the READMEs absolute.
  const options = `--ignore-scripts=false --pack-destination ${folder}`;
  await run(`npm pack ${workspaces} ${options}`, { cwd: ROOT, env: process.env });
  const tarballs = readdirSync(folder).map(file => readTarball(folder, file));
  rmSync(folder, { recursive: true });
  return tarballs;
}

function readTarball(folder: string, file: string): Tarball {
  const path = join(folder, file);
  const manifest = execFileSync('tar', ['-xzOf', path, 'package/package.json'], {
    encoding: 'utf8',
  });
  return {
    file,
    content: readFileSync(path),
    manifest: JSON.parse(manifest) as Tarball['manifest'],
  };
}

function recipe({ sections }: SetUp): Recipe {
  return recipeOf(sections);
}

function copiesOf(application: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(application).map(([name, source]) => [
      name,
      readFileSync(join(APPLICATIONS, source), 'utf8'),
    ]),
  );
}

/** Yarn's Plug'n'Play has no folders to read from; what it has chosen stands in its lockfile. */
function versionsIn(folder: string, names: readonly string[]): Versions {
  const versions: Record<string, string> = {};
  for (const name of names) {
    try {
      const manifest = readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8');
      versions[name] = (JSON.parse(manifest) as { version: string }).version;
    } catch {
      const locked = readLockfile(folder, name);
      if (locked !== undefined) versions[name] = locked;
    }
  }
  return versions;
}

function readLockfile(folder: string, name: string): string | undefined {
  try {
    const text = readFileSync(join(folder, 'yarn.lock'), 'utf8');
    return new RegExp(`^"${name}@[^\n]*\n {2}version: ([^\n]+)$`, 'm').exec(text)?.[1];
  } catch {
    return undefined;
  }
}

function slug(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
}
