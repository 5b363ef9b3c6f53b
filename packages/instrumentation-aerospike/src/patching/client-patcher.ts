import { diag } from '@opentelemetry/api';
import type { Observer } from '../observer';
import { PACKAGE_NAME } from '../version';
import { ClassPatch, type AerospikeClass } from './class-patch';
import type { ClientClass } from './client-classes';
import { trackCommands, type CommandTracking } from './command-tracking';
import { findLoadedClasses } from './loaded-classes';

/** Patches the classes of every copy of the client in this process, and restores them all. */
export class ClientPatcher {
  private readonly patches = new Map<AerospikeClass, ClassPatch>();
  private readonly tracking: CommandTracking;
  private isEnabled = false;

  /** @param onFirstClient called when the first class is added */
  constructor(
    observer: Observer,
    private readonly onFirstClient: () => void,
  ) {
    this.tracking = trackCommands(observer);
  }

  /** Patches a class now if the patcher is enabled, and whenever it will be. */
  add(clientClass: ClientClass, found: AerospikeClass): void {
    let patch = this.patches.get(found);
    if (patch === undefined) {
      const isFirst = this.patches.size === 0;
      patch = new ClassPatch(found, clientClass.table, this.tracking);
      this.patches.set(found, patch);
      if (isFirst) this.onFirstClient();
    }
    if (this.isEnabled) patch.install();
  }

  enable(): void {
    this.isEnabled = true;
    for (const patch of this.patches.values()) patch.install();
    try {
      for (const { clientClass, loaded } of findLoadedClasses()) this.add(clientClass, loaded);
    } catch (error) {
      diag.error(`${PACKAGE_NAME}: looking for an aerospike that was loaded earlier failed`, error);
    }
  }

  disable(): void {
    this.isEnabled = false;
    for (const patch of this.patches.values()) patch.uninstall();
  }
}
