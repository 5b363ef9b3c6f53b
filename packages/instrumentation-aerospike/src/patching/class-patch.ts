import type { ErrorConversion } from '../aerospike/failure';
import type { Method, OperationTable } from '../aerospike/operation';
import type { LifecycleHooks, StateSource } from '../client-state/hooks';
import type { CommandTracking } from './command-tracking';
import { resembling } from './method';

type Prototype = Record<string, Method>;

/** A constructor of the client's whose prototype can be patched. */
export interface AerospikeClass {
  readonly prototype: object;
}

/** The methods of a class that are wrapped. */
export interface WrappedMethods {
  readonly table: OperationTable;
  /** What tells when its clients come and go. */
  readonly hooks?: LifecycleHooks;
  /** Methods with which the client asks the server by itself: what they call is no call of the application's. */
  readonly polls?: readonly string[];
}

/** Patches that are to be uninstalled as soon as nothing lies over their wrappers any more. */
const covered = new Set<ClassPatch>();

/** What each wrapper of this package calls. */
const originals = new WeakMap<Method, Method>();

/** Why a class could not be patched. */
const failures = new WeakMap<AerospikeClass, string>();

/** How many methods of a class are wrappers of this package. */
export function replacedMethods({ prototype }: AerospikeClass): number {
  return Object.values(Object.getOwnPropertyDescriptors(prototype)).filter(
    ({ value }) => typeof value === 'function' && originals.has(value as Method),
  ).length;
}

/** Why a class could not be patched; undefined where nothing stood in the way. */
export function failureOf(found: AerospikeClass): string | undefined {
  return failures.get(found);
}

interface Layer {
  readonly original: Method;
  readonly wrapper: Method;
}

/** The wrapped methods of one class, each with the original to restore. */
export class ClassPatch {
  private readonly prototype: Prototype;
  /** By method. There is more than one layer where somebody else has come in between. */
  private readonly installed = new Map<string, Layer[]>();

  /** @param conversion of the errors that the native client reports to this class */
  constructor(
    private readonly patched: AerospikeClass,
    private readonly wrapped: WrappedMethods,
    private readonly tracking: CommandTracking,
    private readonly clientState: StateSource,
    private readonly conversion: ErrorConversion,
  ) {
    this.prototype = patched.prototype as Prototype;
  }

  /**
   * Wraps every method of the table that this version of the client has. Methods that are wrapped already stay so.
   *
   * @throws Error when a method cannot be replaced
   */
  install(): void {
    covered.delete(this);
    try {
      this.replaceAll();
      failures.delete(this.patched);
    } catch (error) {
      failures.set(this.patched, (error as Error).message);
      throw error;
    }
  }

  private replaceAll(): void {
    // incr and add are one function in the client, and so are their wrappers.
    const wrappers = new Map<Method, Method>();
    for (const [name, operation] of Object.entries(this.wrapped.table)) {
      this.replace(name, original => {
        const wrapper =
          wrappers.get(original) ?? this.tracking.wrapOperation(original, name, operation);
        wrappers.set(original, wrapper);
        return wrapper;
      });
    }
    this.replace('asExec', original => this.tracking.wrapExecution(original, this.conversion));
    for (const [name, hook] of Object.entries(this.wrapped.hooks ?? {})) {
      this.replace(name, original => resembling(original, hook(original, this.clientState)));
    }
    for (const name of this.wrapped.polls ?? []) {
      this.replace(name, original => this.tracking.wrapPoll(original));
    }
  }

  /**
   * Puts the originals back. Where somebody else has wrapped one of our wrappers in the meantime, it stays in place,
   * and passes every call on to the original as long as the instrumentation is disabled. Where another instrumentation
   * of ours has, it stays until that one is disabled too.
   */
  uninstall(): void {
    covered.add(this);
    while (Array.from(covered, patch => patch.restore()).includes(true));
  }

  /** Puts back the originals of the wrappers that nothing lies over; tells whether there were any. */
  private restore(): boolean {
    let hasRestored = false;
    for (const [name, layers] of this.installed) {
      let onTop: Layer | undefined;
      while ((onTop = layers.find(({ wrapper }) => wrapper === this.prototype[name]))) {
        this.prototype[name] = onTop.original;
        // Those above have gone: somebody has put back what was there before them.
        layers.length = layers.indexOf(onTop);
        hasRestored = true;
      }
      if (layers.length === 0) this.installed.delete(name);
    }
    if (this.installed.size === 0) covered.delete(this);
    return hasRestored;
  }

  /**
   * Wraps a method, unless a wrapper of ours is there already. Where there was one and is none to be seen any more,
   * somebody has wrapped it, or put back what was there before: nobody can tell, and one wrapper over another does no harm.
   */
  private replace(name: string, wrap: (original: Method) => Method): void {
    const original = this.prototype[name];
    const layers = this.installed.get(name) ?? [];
    if (typeof original !== 'function') return;
    for (let method: Method | undefined = original; method; method = originals.get(method)) {
      if (layers.some(({ wrapper }) => wrapper === method)) return;
    }
    const wrapper = wrap(original);
    originals.set(wrapper, original);
    this.prototype[name] = wrapper;
    this.installed.set(name, [...layers, { original, wrapper }]);
  }
}
