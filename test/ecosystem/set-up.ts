/** Major versions of Node.js. */
export type NodeVersion = 20 | 22 | 24;

/** What installs packages; `yarn` is Yarn berry. */
export type PackageManager = 'npm' | 'pnpm' | 'yarn 1' | 'yarn';

/** Where the runner finds what has been measured. */
export type Source =
  /** A scrape of `http://localhost:$OTEL_EXPORTER_PROMETHEUS_PORT/metrics`. */
  | 'scrape'
  /** A scrape of `http://localhost:$PORT/metrics`, which the application serves itself. */
  | 'application'
  /** What is sent by OTLP to `$OTEL_EXPORTER_OTLP_ENDPOINT`. */
  | 'otlp'
  /** A line `measured: N` on standard output: the program reads what is measured itself, and ends. */
  | 'printed';

export interface Expectation {
  /** Operations that are counted in the metric. Left out: nothing is measured, which `says` must explain. */
  readonly measured?: number;
  /** Spans of operations that the receiver of OTLP gets. Left out: they are not looked for. */
  readonly spans?: number;
  /** Lines of this package on standard error. Others than those, and than where the metrics are, must not be there. */
  readonly says?: readonly RegExp[];
}

/** One set-up: how it is installed and started, and what is then to be seen. */
export interface SetUp {
  /** Unique; what the table of compatibility calls it. */
  readonly name: string;
  /**
   * Headings of docs/set-ups.md. The blocks below them are its files and commands: a later file replaces an earlier one
   * of its name, the commands are run in their order.
   */
  readonly sections: readonly string[];
  /** Default: 22. */
  readonly node?: NodeVersion;
  /** Default: npm. */
  readonly manager?: PackageManager;
  /** Set-ups of one group, package manager and version of Node.js are installed at once, in one folder. */
  readonly group?: string;
  /** What the application itself needs, beside what the page installs. Default: the newest client. */
  readonly needs?: readonly string[];
  /** Versions of packages that the page installs, such as `{ '@opentelemetry/sdk-node': '^0.223.0' }`. */
  readonly versions?: Readonly<Record<string, string>>;
  /** The file of test/ecosystem/applications that each file is a copy of. Default: app.js. */
  readonly application?: Readonly<Record<string, string>>;
  /** Files with their text, where they belong to this set-up alone. */
  readonly files?: Readonly<Record<string, string>>;
  /** Instead of those of the page that install packages. */
  readonly installs?: readonly string[];
  /** Instead of those of the page that install nothing. */
  readonly commands?: readonly string[];
  /** Beside what the runner sets: ports, the receiver of OTLP, the server, the set. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Paths that are asked for at `http://localhost:$PORT`, one after the other, before anything is read. */
  readonly requests?: readonly string[];
  /** Default: scrape. */
  readonly source?: Source;
  /** Whether the last command ends at once, and leaves the application to another process. Default: false. */
  readonly leaves?: boolean;
  /** Of the scraped ports, from the first. Default: 1. */
  readonly ports?: number;
  /** How many processes do the operations, each of which says when it is ready. Default: 1. */
  readonly processes?: number;
  /** Run when the application is at work, before anything is read. */
  readonly then?: readonly string[];
  /** Run when all has been read. */
  readonly finally?: readonly string[];
  /** Name of the counted metric. Default: `db_client_operation_duration_seconds`. */
  readonly metric?: string;
  readonly expected: Expectation;
  /** Packages whose installed versions the table names. Default: client and SDK. */
  readonly shows?: readonly string[];
}

/** How many operations the applications of the suite do. */
export const OPERATIONS = 6;

/** What a result is called in the table. It does not vary with versions and machines. */
export function resultOf({ expected, source = 'scrape' }: SetUp): string {
  const { measured, spans, says = [] } = expected;
  return [
    ...(measured === undefined ? [] : [`measured (${source === 'otlp' ? 'OTLP' : 'Prometheus'})`]),
    ...(spans === undefined ? [] : ['spans']),
    ...says.map(line => `says \`${readable(line)}\``),
  ].join(', ');
}

/** A pattern as the line that it stands for. */
function readable(line: RegExp): string {
  return line.source.replaceAll('.*', '…').replaceAll('\\', '');
}
