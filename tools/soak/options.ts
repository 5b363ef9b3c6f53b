import { join } from 'node:path';
import { ROOT } from '@test/support';
import { CannotRun, readCommandLine } from '@example/aerospike-demo/build/src/options';

export const HELP = `Lets an instrumented application work for a while, with faults now and then, and tells whether every call
was measured and memory stayed flat.

  npm run soak -- --minutes <minutes> [--out <folder>] [--write-docs]

  --minutes <minutes>  how long, from 0.05 to 1440
  --out <folder>       where the results are written (default: .recorded/soak)
  --write-docs         write the page and its plot into docs/soak instead
  --help               show this

  AEROSPIKE_HOSTS      host:port of a server to use instead of the embedded one; it gets no faults
`;

const DOCS_FOLDER = join(ROOT, 'docs/soak');

const MIN_MINUTES = 0.05;
const MAX_MINUTES = 1440;

export interface Options {
  readonly durationMs: number;
  /** Where the samples and the verdict are written. */
  readonly folder: string;
  /** Where the page and its plot are written. */
  readonly pageFolder: string;
  /** Seed hosts of the server to use; undefined: the embedded one. */
  readonly hosts: string | undefined;
}

/**
 * @returns undefined when the help is asked for
 * @throws CannotRun when an option is wrong
 */
export function readOptions(
  args: readonly string[],
  { AEROSPIKE_HOSTS }: NodeJS.ProcessEnv,
): Options | undefined {
  const {
    help,
    minutes,
    out,
    'write-docs': writesDocs,
  } = readCommandLine(args, {
    help: { type: 'boolean', default: false },
    minutes: { type: 'string' },
    out: { type: 'string', default: '.recorded/soak' },
    'write-docs': { type: 'boolean', default: false },
  });
  if (help) return undefined;
  if (minutes === undefined) throw new CannotRun('--minutes is missing; --help lists the options.');
  const given = minutes.trim() === '' ? NaN : Number(minutes);
  if (!(given >= MIN_MINUTES && given <= MAX_MINUTES)) {
    throw new CannotRun(
      `--minutes must be a number from ${MIN_MINUTES} to ${MAX_MINUTES}, not '${minutes}'.`,
    );
  }
  if (out === '') throw new CannotRun("--out must be a folder, not ''.");
  return {
    durationMs: given * 60_000,
    folder: out,
    pageFolder: writesDocs ? DOCS_FOLDER : out,
    hosts: AEROSPIKE_HOSTS === '' ? undefined : AEROSPIKE_HOSTS,
  };
}
