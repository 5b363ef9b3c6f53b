import { FieldType, Info2 } from '../../protocol/bits';
import type { Message } from '../../protocol/message';
import type { Command } from '../command';
import { aggregate } from './aggregate';
import { runInBackground } from './background';
import { runForeground } from './foreground';

/** Scans and queries. */
export const QUERY_COMMANDS: readonly Command[] = [
  {
    name: 'background query',
    matches: message => isQuery(message) && (message.info2 & Info2.WRITE) !== 0,
    run: runInBackground,
  },
  {
    name: 'aggregation',
    matches: message => isQuery(message) && message.fields.has(FieldType.UDF_JOB),
    run: aggregate,
  },
  { name: 'query', matches: isQuery, run: runForeground },
];

/** What names no record is about many. */
function isQuery({ fields }: Message): boolean {
  return !fields.has(FieldType.DIGEST) && !fields.has(FieldType.TRANSACTION_ID);
}
