/** The file of the client's native part, however the client is installed. */
const NATIVE_FILE = /[\\/]aerospike\.node$/;

type Load = typeof process.dlopen;

/**
 * Watches for the client's native part being loaded, which every copy of the client does while it is loaded itself. It
 * is how clients are noticed that no module hook sees: under another name, or in a folder that is not `node_modules`.
 */
export class NativeLoadWatch {
  private original: Load | undefined;
  private watching: Load | undefined;

  /** @param onLoad is called when the code that loads the client has run to its end */
  constructor(private readonly onLoad: () => void) {}

  start(): void {
    if (this.watching !== undefined) return;
    const { onLoad } = this;
    const original = Reflect.get<typeof process, 'dlopen'>(process, 'dlopen');
    const watching: Load = function (this: unknown, module, filename, ...flags) {
      Reflect.apply(original, this, [module, filename, ...flags]);
      if (NATIVE_FILE.test(filename)) queueMicrotask(onLoad);
    };
    process.dlopen = watching;
    Object.assign(this, { original, watching });
  }

  /**
   * Puts the original back. Where somebody else has put a function over ours, both stay: the listener goes on being
   * called, and has to look whether it is still wanted.
   */
  stop(): void {
    if (process.dlopen === this.watching && this.original !== undefined) {
      process.dlopen = this.original;
      this.watching = undefined;
    }
  }
}
