import type { OperationTable } from '../operations/operation';
import type { CommandTracking } from './command-tracking';
import type { Method } from './method';

type Prototype = Record<string, Method>;

/** A constructor of the client's whose prototype can be patched. */
export interface AerospikeClass {
  readonly prototype: object;
}

/** Patches that are to be uninstalled as soon as nothing lies over their wrappers any more. */
const covered = new Set<ClassPatch>();

/** The wrapped methods of one class, each with the original to restore. */
export class ClassPatch {
  private readonly prototype: Prototype;
  private readonly installed = new Map<string, { original: Method; wrapper: Method }>();

  constructor(
    patched: AerospikeClass,
    private readonly table: OperationTable,
    private readonly tracking: CommandTracking,
  ) {
    this.prototype = patched.prototype as Prototype;
  }

  /** Wraps every method of the table that this version of the client has. Methods that are wrapped already stay so. */
  install(): void {
    covered.delete(this);
    // incr and add are one function in the client, and so are their wrappers.
    const wrappers = new Map<Method, Method>();
    for (const [name, operation] of Object.entries(this.table)) {
      this.replace(name, original => {
        const wrapper =
          wrappers.get(original) ?? this.tracking.wrapOperation(original, name, operation);
        wrappers.set(original, wrapper);
        return wrapper;
      });
    }
    this.replace('asExec', original => this.tracking.wrapExecution(original));
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
    const { size } = this.installed;
    for (const [name, { original, wrapper }] of this.installed) {
      if (this.prototype[name] !== wrapper) continue;
      this.prototype[name] = original;
      this.installed.delete(name);
    }
    if (this.installed.size === 0) covered.delete(this);
    return this.installed.size < size;
  }

  private replace(name: string, wrap: (original: Method) => Method): void {
    const original = this.prototype[name];
    if (this.installed.has(name) || typeof original !== 'function') return;
    const wrapper = wrap(original);
    this.prototype[name] = wrapper;
    this.installed.set(name, { original, wrapper });
  }
}
