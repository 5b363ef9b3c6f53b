import { randomBytes, timingSafeEqual } from 'node:crypto';
import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { reportFault } from '../diagnostics';
import { isRecord } from './is-record';

/** What stands in {@link ADDRESS_FILE}. */
interface Address {
  readonly socket: string;
  readonly secret: string;
}

const NAME = 'otel-aerospike';
/** Of the folder's contents and of the messages. Processes with other versions do not meet. */
const VERSION = 1;
const ADDRESS_FILE = 'address.json';
const SOCKET = 'socket';
const LAST_REPORT = /^last-report-(.+)\.json$/;
/** Of a socket's path in bytes: the least of all systems, macOS. */
const MAX_SOCKET_PATH = 103;

/**
 * The folder where a cluster's primary and its workers meet, which has the pid of the primary in its name. Only the user
 * that they run as can read what is in it: the way to the primary's socket, and what workers wrote before they ended.
 */
export class MeetingPlace {
  private constructor(private readonly folder: string) {}

  /**
   * Makes the folder of this process, in place of what one of the same pid may have left.
   *
   * @throws Error when there is no place for it
   */
  static create(): MeetingPlace {
    let reason: unknown;
    for (const parent of parents()) {
      const folder = join(parent, nameOf(process.pid));
      try {
        if (Buffer.byteLength(join(folder, SOCKET)) > MAX_SOCKET_PATH) {
          throw new Error(`${folder} is too long a path for a socket`);
        }
        if (isPrivate(folder)) rmSync(folder, { recursive: true });
        mkdirSync(folder, { mode: 0o700 });
        return new MeetingPlace(folder);
      } catch (error) {
        reason ??= error;
      }
    }
    throw reason;
  }

  /** The folder of another process, if there is one. */
  static find(pid: number): MeetingPlace | undefined {
    const folders = parents().map(parent => join(parent, nameOf(pid)));
    const found = folders.find(isPrivate);
    return found === undefined ? undefined : new MeetingPlace(found);
  }

  /** Where the primary is to listen. */
  get socket(): string {
    // Windows has no sockets in folders. Its pipes can be opened by other users, who do not know the secret.
    return process.platform === 'win32'
      ? `\\\\.\\pipe\\${NAME}-${randomBytes(16).toString('hex')}`
      : join(this.folder, SOCKET);
  }

  /**
   * Lets workers know where the primary listens, and gives the secret that they prove themselves by.
   *
   * @throws Error when it cannot be written
   */
  announce(socket: string): string {
    const secret = randomBytes(32).toString('hex');
    this.write(ADDRESS_FILE, { socket, secret } satisfies Address);
    return secret;
  }

  /** What the primary has announced; undefined as long as it has not. */
  get address(): Address | undefined {
    const found = this.read(ADDRESS_FILE);
    if (!isRecord(found)) return undefined;
    const { socket, secret } = found;
    return typeof socket === 'string' && typeof secret === 'string'
      ? { socket, secret }
      : undefined;
  }

  /** Leaves what a worker tells when it ends. @throws Error when it cannot be written */
  writeLastReport(worker: string, report: object): void {
    this.write(`last-report-${worker}.json`, report);
  }

  /** The workers whose last report has been written, and not taken yet. */
  get lastReports(): readonly string[] {
    try {
      return readdirSync(this.folder).flatMap(file => LAST_REPORT.exec(file)?.[1] ?? []);
    } catch {
      return [];
    }
  }

  /** Takes the last report of a worker away. Undefined where there is none, or none that can be read. */
  takeLastReport(worker: string): unknown {
    const file = `last-report-${worker}.json`;
    const report = this.read(file);
    try {
      rmSync(join(this.folder, file), { force: true });
    } catch {
      // It is found again the next time. A last report that comes twice changes nothing.
    }
    return report;
  }

  remove(): void {
    try {
      rmSync(this.folder, { recursive: true, force: true });
    } catch (error) {
      reportFault('the folder for the workers of a cluster could not be removed', error);
    }
  }

  /** Renamed when it is complete, so that nobody reads half of it. */
  private write(file: string, content: object): void {
    const path = join(this.folder, file);
    const unfinished = `${path}.${randomBytes(4).toString('hex')}`;
    writeFileSync(unfinished, JSON.stringify(content), { mode: 0o600, flag: 'wx' });
    renameSync(unfinished, path);
  }

  private read(file: string): unknown {
    try {
      return JSON.parse(readFileSync(join(this.folder, file), 'utf8'));
    } catch {
      return undefined;
    }
  }
}

/**
 * Whether two secrets are the same, in a time that does not tell how much of them is.
 *
 * @param expected undefined: there is none yet, so nobody can know it
 */
export function isSameSecret(expected: string | undefined, given: unknown): boolean {
  return (
    expected !== undefined &&
    typeof given === 'string' &&
    given.length === expected.length &&
    timingSafeEqual(Buffer.from(given), Buffer.from(expected))
  );
}

/** The folder of the session of the user, where there is one, is nobody else's; the other one is on every system. */
function parents(): string[] {
  const { XDG_RUNTIME_DIR: ofSession } = process.env;
  return [...(ofSession ? [ofSession] : []), tmpdir()];
}

/** Containers can share a folder for temporary files, and each has a process of the same pid. */
function nameOf(pid: number): string {
  let namespace = '';
  try {
    namespace = readlinkSync('/proc/self/ns/pid').replace(/\D+/g, '');
  } catch {
    // Only Linux has them.
  }
  const user = process.getuid?.() ?? '';
  return [NAME, VERSION, user, namespace, pid].filter(part => part !== '').join('-');
}

/** Whether it is a folder of this user's that nobody else can look into. */
function isPrivate(folder: string): boolean {
  try {
    const found = lstatSync(folder);
    const { uid, mode } = found;
    // Windows has neither; there the folder for temporary files is the user's own.
    const isOurs =
      process.getuid === undefined || (uid === process.getuid() && (mode & 0o077) === 0);
    return isOurs && found.isDirectory();
  } catch {
    return false;
  }
}
