import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { npm } from './npm';

export const ROOT = resolve(__dirname, '../..');

export const PACKAGES = {
  'opentelemetry-instrumentation-aerospike': join(ROOT, 'packages/instrumentation-aerospike'),
  'aerospike-memory-server': join(ROOT, 'packages/aerospike-memory-server'),
} as const;
export type PackageName = keyof typeof PACKAGES;

export const PACKAGE_NAMES = Object.keys(PACKAGES) as PackageName[];

/** What is read of a package.json here. */
export interface Manifest {
  readonly version: string;
  readonly main: string;
  readonly exports: Readonly<Record<string, unknown>>;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly bin?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

export function manifestOf(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
}

/** Packs all packages as they are built; gives the path of each tarball. */
export async function pack(folder: string): Promise<Readonly<Record<PackageName, string>>> {
  const workspaces = PACKAGE_NAMES.flatMap(name => ['--workspace', name]);
  await npm(['pack', ...workspaces, '--pack-destination', folder], ROOT);
  const tarballs = PACKAGE_NAMES.map(name => {
    const { version } = manifestOf(PACKAGES[name]);
    return [name, join(folder, `${name}-${version}.tgz`)] as const;
  });
  return Object.fromEntries(tarballs) as Record<PackageName, string>;
}
