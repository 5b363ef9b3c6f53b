import type * as Errors from '../../packages/instrumentation-aerospike/src/aerospike/status-codes';
import { built } from './built';
import { table } from './table';

const { ERROR_TYPES } = built(
  'opentelemetry-instrumentation-aerospike',
  'src/aerospike/status-codes',
) as typeof Errors;

/** `error.type` for every status code: negative ones are the client's own, positive ones the server's. */
export function errorTypes(): string {
  const codes = [...ERROR_TYPES.keys()];
  return [
    '### Raised by the client',
    tableOf(codes.filter(code => code < 0).sort((a, b) => b - a)),
    '### Raised by the server',
    tableOf(codes.filter(code => code > 0)),
  ].join('\n\n');
}

function tableOf(codes: readonly number[]): string {
  return table(
    ['`db.response.status_code`', '`error.type`'],
    codes.map(code => [`\`${code}\``, `\`${ERROR_TYPES.get(code) ?? ''}\``]),
  );
}
