/** What an application sees of a call: in plain values, so that two outcomes can be compared. */
export interface Outcome {
  /** What the method returned, or `threw`. */
  readonly returned: string;
  readonly settled: 'resolved' | 'rejected' | 'called back' | 'threw' | 'returned';
  /** The result or error; for a callback its arguments. */
  readonly values: readonly unknown[];
  /** For a callback: what `this` was, and whether it was called before the method returned. */
  readonly callbackThis?: string;
  readonly isSynchronous?: boolean;
}

export type Style = 'promise' | 'callback';
export const STYLES: readonly Style[] = ['promise', 'callback'];

type AnyMethod = (...args: unknown[]) => unknown;

/** Calls a method and waits for its outcome. */
export function call(
  receiver: object,
  method: string,
  args: readonly unknown[],
  style: Style,
): Promise<Outcome> {
  const bound = (receiver as Record<string, AnyMethod>)[method]?.bind(receiver);
  if (bound === undefined) throw new Error(`there is no method ${method}`);
  return style === 'promise' ? callForPromise(bound, args) : callWithCallback(bound, args);
}

async function callForPromise(method: AnyMethod, args: readonly unknown[]): Promise<Outcome> {
  let result: unknown;
  try {
    result = method(...args);
  } catch (error) {
    return { returned: 'threw', settled: 'threw', values: [describe(error)] };
  }
  const returned = typeName(result);
  if (!(result instanceof Promise)) {
    return { returned, settled: 'returned', values: [describe(result)] };
  }
  return result.then(
    (value: unknown): Outcome => ({ returned, settled: 'resolved', values: [describe(value)] }),
    (error: unknown): Outcome => ({ returned, settled: 'rejected', values: [describe(error)] }),
  );
}

function callWithCallback(method: AnyMethod, args: readonly unknown[]): Promise<Outcome> {
  return new Promise(resolve => {
    let returned: string | undefined;
    const callback = function (this: unknown, ...values: unknown[]): void {
      const callbackThis = typeName(this);
      const isSynchronous = returned === undefined;
      queueMicrotask(() => {
        resolve({
          returned: returned ?? 'threw',
          settled: 'called back',
          values: values.map(describe),
          callbackThis,
          isSynchronous,
        });
      });
    };
    try {
      returned = typeName(method(...args, callback));
    } catch (error) {
      resolve({ returned: 'threw', settled: 'threw', values: [describe(error)] });
    }
  });
}

function typeName(value: unknown): string {
  return typeof value === 'object' && value !== null ? value.constructor.name : typeof value;
}

/**
 * An error's `command` and stack hold the whole client and differ between any two calls, and a job has a random id;
 * all else must not differ.
 */
function describe(value: unknown): unknown {
  if (typeName(value).endsWith('Job')) return typeName(value);
  if (!(value instanceof Error)) return value;
  const { message, ...rest } = value as Error & { code?: unknown; command?: object };
  // An aggregation fails in two places at once; which of them makes the error is chance.
  if (typeName(rest.command) === 'QueryApplyCommand') return [value.constructor.name, rest.code];
  const own = Object.fromEntries(
    Object.entries(rest).map(([name, property]) => [
      name,
      typeof property === 'object' ? typeName(property ?? undefined) : property,
    ]),
  );
  return { class: value.constructor.name, message, ...own };
}
