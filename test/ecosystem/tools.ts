import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './commands';
import type { NodeVersion, PackageManager } from './set-up';

/** The npm packages of the package managers that do not come with Node.js. */
const PACKAGES: Readonly<Record<Exclude<PackageManager, 'npm'>, string>> = {
  pnpm: 'pnpm@12',
  'yarn 1': 'yarn@1',
  yarn: '@yarnpkg/cli-dist@4',
};

/** Versions of Node.js and package managers, installed from npm into a folder; each once. */
export class Tools {
  private readonly folders = new Map<string, Promise<string>>();

  constructor(private readonly folder: string) {}

  /** The folders that must come first in PATH for a set-up. */
  async path(node: NodeVersion, manager: PackageManager): Promise<string> {
    const folders = [await this.node(node)];
    if (manager !== 'npm') folders.unshift(await this.bin(PACKAGES[manager]));
    return folders.join(':');
  }

  /** A folder with nothing but `node` in it: beside the one that runs this, there can be other package managers. */
  private async node(major: NodeVersion): Promise<string> {
    const folder = join(this.folder, `node-${major}`);
    const binary = join(folder, 'node');
    if (existsSync(binary)) return folder;
    const isThis = process.versions.node.startsWith(`${major}.`);
    // The platform packages behind the npm package `node`.
    const name = `node-${process.platform}-${process.arch}`;
    const target = isThis
      ? process.execPath
      : join(await this.installed(`${name}@${major}`), `node_modules/${name}/bin/node`);
    mkdirSync(folder, { recursive: true });
    if (!existsSync(binary)) symlinkSync(target, binary);
    return folder;
  }

  private async bin(spec: string): Promise<string> {
    return join(await this.installed(spec), 'node_modules/.bin');
  }

  private installed(spec: string): Promise<string> {
    const known = this.folders.get(spec);
    if (known !== undefined) return known;
    const installation = this.install(spec);
    this.folders.set(spec, installation);
    return installation;
  }

  private async install(spec: string): Promise<string> {
    const folder = join(this.folder, spec.replaceAll('/', '+'));
    const marker = join(folder, 'installed');
    if (existsSync(marker)) return folder;
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
    await run(`npm install --ignore-scripts --no-audit --no-fund ${spec}`, {
      cwd: folder,
      env: process.env,
    });
    writeFileSync(marker, '');
    return folder;
  }
}
