import type { AerospikeClient, Target } from './operation';

interface KeyLike {
  readonly ns?: unknown;
  readonly set?: unknown;
}

interface UdfLike {
  readonly module?: unknown;
  readonly funcname?: unknown;
}

const key = (args: readonly unknown[]) => args[0] as KeyLike | null | undefined;

/** `method(key, …)` */
export const KEY: Target = {
  client: self => self as AerospikeClient,
  namespace: (_self, args) => key(args)?.ns,
  set: (_self, args) => key(args)?.set,
};

/** `method(key, udf, …)` */
export const KEY_AND_UDF: Target = {
  ...KEY,
  storedProcedure: (_self, args) => {
    const udf = args[1] as UdfLike | null | undefined;
    return storedProcedureName(udf?.module, udf?.funcname);
  },
};

function storedProcedureName(module: unknown, functionName: unknown): string | undefined {
  if (typeof module !== 'string' || typeof functionName !== 'string') return undefined;
  return `${module}.${functionName}`;
}
