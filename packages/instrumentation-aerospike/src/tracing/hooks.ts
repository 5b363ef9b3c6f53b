import type { Span } from '@opentelemetry/api';
import type { Operation } from '../aerospike/operation';
import type { CallHooks, CallRecord } from '../coexistence';
import { reportFault } from '../diagnostics';
import type { Target } from '../series/target-series';
import type {
  AerospikeInstrumentationConfig,
  AerospikeOperationError,
  AerospikeRequestInfo,
} from '../types';

/** The hooks of a configuration, for one operation. Undefined where there are none. */
export function hooksOf(
  { requestHook, responseHook }: AerospikeInstrumentationConfig,
  provider: object,
  operation: Operation,
  target: Target,
  args: readonly unknown[],
): CallHooks | undefined {
  // Without a hook nobody reads what it would be told.
  if (requestHook === undefined && responseHook === undefined) return undefined;
  const info: AerospikeRequestInfo = {
    ...target,
    // A copy: the list itself still belongs to the call.
    args: operation.isConfidential ? undefined : [...args],
  };
  return {
    provider,
    onStart: span => {
      run('requestHook', requestHook, span, info);
    },
    onEnd: (span, error, returnedRows) => {
      run('responseHook', responseHook, span, { ...info, error: describe(error), returnedRows });
    },
  };
}

/** The hooks that are to run on a span of a provider, in the order in which the instrumentations were enabled. */
export function hooksFor(
  provider: object,
  own: CallHooks | undefined,
  record: CallRecord | undefined,
): readonly CallHooks[] {
  if (record !== undefined) {
    return record.hooks.filter(hooks => hooks.provider === provider).reverse();
  }
  return own === undefined ? NONE : [own];
}

const NONE: readonly CallHooks[] = [];

/** Runs a hook of the application's: what it throws, or rejects with, must reach neither the operation nor the process. */
function run<Info>(
  name: string,
  hook: ((span: Span, info: Info) => unknown) | undefined,
  span: Span,
  info: Info,
): void {
  const report = (error: unknown) => {
    reportFault(`the ${name} threw an error`, error);
  };
  try {
    const result = hook?.(span, info);
    if (result instanceof Promise) result.catch(report);
  } catch (error) {
    report(error);
  }
}

/** What the error of the application has, but not what it was called with. */
function describe(error: unknown): AerospikeOperationError | undefined {
  if (error === undefined || error === null) return undefined;
  try {
    const { name, code, message, inDoubt } = error as Readonly<Record<string, unknown>>;
    return {
      name: typeof name === 'string' ? name : 'AerospikeError',
      code: typeof code === 'number' ? code : undefined,
      message: typeof message === 'string' ? message : '',
      inDoubt: inDoubt === true,
    };
  } catch {
    // An object of the application's may throw when it is read.
    return { name: 'Error', code: undefined, message: '', inDoubt: false };
  }
}
