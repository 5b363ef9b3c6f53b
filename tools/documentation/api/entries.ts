import { join } from 'node:path';
import { PACKAGES } from '@test/support';

/** What an application can import. */
export interface Entry {
  /** Of its section in docs/api.md. */
  readonly name: string;
  /** The source of what it exports. */
  readonly file: string;
}

const INSTRUMENTATION = join(PACKAGES['opentelemetry-instrumentation-aerospike'], 'src');
const MEMORY_SERVER = join(PACKAGES['aerospike-memory-server'], 'src');

/** All entries but `/register`, which exports nothing. */
export const ENTRIES: readonly Entry[] = [
  { name: 'main entry', file: join(INSTRUMENTATION, 'api.ts') },
  { name: 'entry /prometheus', file: join(INSTRUMENTATION, 'prometheus/api.ts') },
  { name: 'entry /metric-producer', file: join(INSTRUMENTATION, 'sdk/api.ts') },
  { name: 'memory server', file: join(MEMORY_SERVER, 'index.ts') },
];

/** Whether a file is one of the packages' own. */
export function isOurs(file: string): boolean {
  return [INSTRUMENTATION, MEMORY_SERVER].some(folder => file.startsWith(folder));
}
