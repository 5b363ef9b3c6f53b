import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A packed package. */
export interface Tarball {
  readonly manifest: { readonly name: string; readonly version: string };
  /** Name of its file. */
  readonly file: string;
  readonly content: Buffer;
}

/** Package managers refuse what was published within the last days. */
const PUBLISHED = '2020-01-01T00:00:00.000Z';

/**
 * A package registry on this machine: it has the packed packages of this repository, as if they were published, and
 * refers to the real registry for all others. So the commands of the documentation can be run as they stand there.
 */
export class Registry {
  private constructor(
    private readonly server: Server,
    private readonly tarballs: readonly Tarball[],
    private readonly upstream: string,
  ) {}

  static async start(tarballs: readonly Tarball[], upstream: string): Promise<Registry> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const registry = new Registry(server, tarballs, upstream.replace(/\/$/, ''));
    server.on('request', ({ url = '/' }, response) => {
      const answer = registry.answer(url);
      if (answer === undefined)
        response.writeHead(302, { location: registry.upstream + url }).end();
      // Another run has other packages of the same versions.
      else response.writeHead(200, { 'cache-control': 'no-store' }).end(answer);
    });
    return registry;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** What package managers are to be told by their environment. */
  get environment(): NodeJS.ProcessEnv {
    return {
      npm_config_registry: this.url,
      // Tarballs come from where the registry says, not from this one.
      npm_config_replace_registry_host: 'never',
      pnpm_config_registry: this.url,
      YARN_NPM_REGISTRY_SERVER: this.url,
      YARN_UNSAFE_HTTP_WHITELIST: '127.0.0.1',
    };
  }

  stop(): void {
    this.server.close();
  }

  private answer(url: string): string | Buffer | undefined {
    const path = decodeURIComponent(url.slice(1).replace(/\?.*/, ''));
    for (const tarball of this.tarballs) {
      const { manifest, file, content } = tarball;
      if (path === manifest.name) return JSON.stringify(this.document(tarball));
      if (path === `${manifest.name}/-/${file}`) return content;
    }
    return undefined;
  }

  private document({ manifest, file, content }: Tarball): object {
    const { name, version } = manifest;
    const hash = (algorithm: string) => createHash(algorithm).update(content);
    const dist = {
      tarball: `${this.url}/${name}/-/${file}`,
      integrity: `sha512-${hash('sha512').digest('base64')}`,
      shasum: hash('sha1').digest('hex'),
    };
    return {
      name,
      'dist-tags': { latest: version },
      time: { created: PUBLISHED, modified: PUBLISHED, [version]: PUBLISHED },
      versions: { [version]: { ...manifest, _id: `${name}@${version}`, dist } },
    };
  }
}
