import type { CallReader, OperationTable } from './operation';
import { KEY, KEY_AND_UDF } from './targets';

/** The operation code of `operations.touch()`, the same in every version of the client. */
const TOUCH = 5;

/** The Node.js client has no touch method of its own: touching is an `operate` with nothing but touch operations. */
const operateOrTouch: CallReader<string> = (_self, args) => {
  const operations: unknown = args[1];
  const onlyTouch = Array.isArray(operations) && operations.length > 0 && operations.every(isTouch);
  return onlyTouch ? 'touch' : 'operate';
};

function isTouch(operation: unknown): boolean {
  return (operation as { readonly op?: unknown } | null | undefined)?.op === TOUCH;
}

/** The measured methods of `Client`. */
export const CLIENT_OPERATIONS: OperationTable = {
  get: { name: 'get', target: KEY },
  put: { name: 'put', target: KEY },
  select: { name: 'select', target: KEY },
  exists: { name: 'exists', target: KEY, missingRecordSucceeds: true },
  existsWithMetadata: { name: 'exists', target: KEY, missingRecordSucceeds: true },
  remove: { name: 'remove', target: KEY },
  append: { name: 'append', target: KEY, delegate: 'operate' },
  prepend: { name: 'prepend', target: KEY, delegate: 'operate' },
  add: { name: 'increment', target: KEY, delegate: 'operate' },
  incr: { name: 'increment', target: KEY, delegate: 'operate' },
  operate: { name: operateOrTouch, target: KEY },
  apply: { name: 'apply', target: KEY_AND_UDF },
};
