import { readExampleYaml } from './example-files';

/** What is looked at of a service in a Compose file. */
export interface Service {
  readonly image?: string;
  readonly build?: { readonly context: string; readonly dockerfile: string };
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly depends_on?: readonly string[];
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
}

export interface Mount {
  /** In the folder of the Compose file. */
  readonly source: string;
  readonly target: string;
}

export const COMPOSE = readExampleYaml('docker-compose.yaml') as {
  readonly services: Readonly<Record<string, Service>>;
};

export function serviceOf(name: string): Service {
  const service = COMPOSE.services[name];
  if (service === undefined) throw new Error(`there is no service ${name}`);
  return service;
}

export function mountsOf({ volumes = [] }: Service): Mount[] {
  return volumes.map(volume => {
    const [source = '', target = ''] = volume.split(':');
    return { source, target };
  });
}

/** The command as the container gets it: Compose makes `$` of `$$`. */
export function commandOf({ command = [] }: Service): string[] {
  return command.map(argument => argument.replaceAll('$$', '$'));
}
