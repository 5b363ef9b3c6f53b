import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ROOT } from '@test/support';

export const KUBERNETES = join(ROOT, 'examples/kubernetes');

export interface Container {
  readonly name: string;
  readonly image: string;
  readonly command: readonly string[];
  readonly env?: readonly { readonly name: string; readonly value: string }[];
  readonly ports?: readonly { readonly name: string; readonly containerPort: number }[];
}

/** What is looked at of an object in Kubernetes. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly spec?: unknown;
  readonly data?: Readonly<Record<string, string>>;
}

/** What is looked at of a Deployment. */
export interface Deployment extends Manifest {
  readonly spec: {
    readonly template: {
      readonly metadata: {
        readonly labels: Readonly<Record<string, string>>;
        readonly annotations?: Readonly<Record<string, string>>;
      };
      readonly spec: {
        readonly initContainers?: readonly Container[];
        readonly containers: readonly [Container];
      };
    };
  };
}

/** All manifests, by their paths in the example. */
export const MANIFESTS = readdirSync(KUBERNETES, { recursive: true, encoding: 'utf8' })
  .filter(file => file.endsWith('.yaml'))
  .sort();

export function readManifest(file: string): Manifest {
  return parse(readFileSync(join(KUBERNETES, file), 'utf8')) as Manifest;
}

export function readDeployment(file: string): Deployment {
  return readManifest(file) as Deployment;
}
