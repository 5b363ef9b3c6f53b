import { FieldType, Info2 } from '../../protocol/bits';
import { unsupported } from '../../protocol/result-code';
import type { Command } from '../command';
import { write } from '../write';
import { runInBackground } from './background';
import { runForeground } from './foreground';
import { parseQuery } from './query';

/** Scans and queries: what names no record. Those that write come first: they may call functions, too. */
export const QUERY_COMMANDS: readonly Command[] = [
  {
    name: 'background query',
    matches: ({ fields, info2 }) =>
      !fields.has(FieldType.DIGEST) &&
      !fields.has(FieldType.UDF_JOB) &&
      (info2 & Info2.WRITE) !== 0,
    run: runInBackground(write),
  },
  {
    name: 'query that calls a function',
    matches: ({ fields }) => !fields.has(FieldType.DIGEST) && fields.has(FieldType.UDF_JOB),
    run: (store, message) => {
      parseQuery(store, message);
      throw unsupported('a function called by a query');
    },
  },
  {
    name: 'query',
    matches: ({ fields }) => !fields.has(FieldType.DIGEST),
    run: runForeground,
  },
];
