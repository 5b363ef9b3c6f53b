import type { ErrorConversion } from '../aerospike/failure';
import { reportFault } from '../diagnostics';
import type { AerospikeClass } from './class-patch';
import { exportsOf } from './loaded-classes';

/** What the client makes its errors with. */
interface ErrorClass {
  fromASError(reported: unknown): unknown;
}

/**
 * The native client reports a plain object with a text such as `127.0.0.1:3000 AEROSPIKE_ERR_RECORD_NOT_FOUND`, and the
 * client makes an error of it after that, with a sentence in its place. The sentences differ between versions, so they
 * are those of the copy of the client that a class belongs to. Nothing is looked for before an error is to be read.
 *
 * @param client the class whose `asExec` gives commands to the native client
 * @param exported what the client's module exports, where somebody has given it
 */
export function errorConversionOf(client: AerospikeClass, exported: unknown): ErrorConversion {
  let errorClass: ErrorClass | undefined;
  return reported => {
    try {
      errorClass ??= errorClassIn(exported) ?? errorClassIn(exportsOf(client));
      return errorClass?.fromASError(reported) ?? reported;
    } catch (error) {
      reportFault('the error of an operation could not be made', error);
      return reported;
    }
  };
}

function errorClassIn(exported: unknown): ErrorClass | undefined {
  const { AerospikeError: found } = (exported ?? {}) as { AerospikeError?: Partial<ErrorClass> };
  return typeof found?.fromASError === 'function' ? (found as ErrorClass) : undefined;
}
