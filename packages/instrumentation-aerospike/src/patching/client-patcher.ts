import type { Observer } from '../call/observer';
import type { StateSource } from '../client-state/hooks';
import { reportFault } from '../diagnostics';
import { say } from '../notices';
import { ClassPatch, type AerospikeClass } from './class-patch';
import type { ClientClass } from './client-classes';
import { trackCommands, type CommandTracking } from './command-tracking';
import { errorConversionOf } from './error-conversion';
import { findLoadedClasses } from './loaded-classes';
import { NativeLoadWatch } from './native-load';

/** Patches the classes of every copy of the client in this process, and restores them all. */
export class ClientPatcher {
  private readonly patches = new Map<AerospikeClass, ClassPatch>();
  private readonly tracking: CommandTracking;
  private readonly nativeLoads: NativeLoadWatch;
  private isEnabled = false;
  private readonly firstListeners: (() => void)[] = [];

  constructor(
    observer: Observer,
    private readonly clientState: StateSource,
  ) {
    this.tracking = trackCommands(observer);
    this.nativeLoads = new NativeLoadWatch(() => {
      if (this.isEnabled) this.addLoaded();
    });
  }

  /**
   * Patches a class now if the patcher is enabled, and whenever it will be.
   *
   * @param exported what the client's module exports, where somebody has given it
   */
  add(clientClass: ClientClass, found: AerospikeClass, exported?: unknown): void {
    this.guard(() => {
      const known = this.patches.get(found);
      if (known !== undefined) return;
      const patch = new ClassPatch(
        found,
        clientClass,
        this.tracking,
        this.clientState,
        errorConversionOf(found, exported),
      );
      this.patches.set(found, patch);
      if (this.isEnabled) patch.install();
      for (const listener of this.firstListeners.splice(0)) listener();
    });
  }

  /** The classes that have been found. */
  get classes(): readonly AerospikeClass[] {
    return [...this.patches.keys()];
  }

  /** Calls back, once, when the first class has been found: at once, if that has happened. */
  onFirst(listener: () => void): void {
    if (this.patches.size > 0) listener();
    else this.firstListeners.push(listener);
  }

  enable(): void {
    this.isEnabled = true;
    this.forEachPatch(patch => {
      patch.install();
    });
    this.addLoaded();
    this.guard(() => {
      this.nativeLoads.start();
    });
  }

  /** Finds the classes of the clients that no module hook sees. */
  private addLoaded(): void {
    this.guard(() => {
      for (const { clientClass, loaded } of findLoadedClasses()) this.add(clientClass, loaded);
    });
  }

  disable(): void {
    this.isEnabled = false;
    this.nativeLoads.stop();
    this.forEachPatch(patch => {
      patch.uninstall();
    });
  }

  private forEachPatch(work: (patch: ClassPatch) => void): void {
    for (const patch of this.patches.values()) {
      this.guard(() => {
        work(patch);
      });
    }
  }

  /** A client that cannot be patched is left as it is: its application must load and run all the same. */
  private guard(work: () => void): void {
    try {
      work();
    } catch (error) {
      reportFault('a client could not be instrumented or restored', error);
      if (this.isEnabled) say('unpatchableClient', (error as Error).message);
    }
  }
}
