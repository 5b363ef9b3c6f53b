import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copyInstalled, installedAt, linkInstalled, requirementsOf } from './installed-packages';
import { npm } from './npm';
import { manifestOf, pack, PACKAGES, type PackageName } from './tarballs';

/**
 * Fresh folders outside the repository in which the packed packages are installed. Their dependencies are copied from
 * those of the repository: so no registry is needed, and the versions are those of the lockfile.
 */
export class Consumers {
  private constructor(
    /** Holds the folders, and what all of them share: `aerospike`, and the types of Node.js. */
    readonly folder: string,
    readonly tarballs: Readonly<Record<PackageName, string>>,
  ) {}

  static async create(): Promise<Consumers> {
    const folder = mkdtempSync(join(tmpdir(), 'consumers-'));
    linkInstalled(['aerospike', '@types/node'], folder);
    return new Consumers(folder, await pack(folder));
  }

  /**
   * Installs packages into a fresh folder, as `npm install` does.
   *
   * @param others packages of others that are installed beside them
   */
  async install(
    name: string,
    packages: readonly PackageName[],
    others: readonly string[] = [],
  ): Promise<string> {
    const folder = join(this.folder, name);
    mkdirSync(folder);
    const dependencies: Record<string, string> = {};
    for (const ours of packages) dependencies[ours] = `file:${this.tarballs[ours]}`;
    for (const other of others) dependencies[other] = manifestOf(installedAt(other)).version;
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies }));

    const needed = packages.flatMap(packageName =>
      requirementsOf(manifestOf(PACKAGES[packageName])),
    );
    copyInstalled([...needed, ...others], folder);
    await npm(['install', '--offline', '--ignore-scripts', '--no-audit', '--no-fund'], folder);
    return folder;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
