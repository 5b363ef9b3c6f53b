/** Kinds that are reported; a client that makes up new ones all the time fills no console. */
const MAX_KINDS = 100;
const MAX_LENGTH = 200;

/**
 * Reports what is refused as unsupported, once for each kind: code 16 tells whoever sees it in an application's log too
 * little.
 */
class Refusals {
  readonly #kinds = new Set<string>();
  #report: (kind: string) => void = () => undefined;

  /** Sets who is told. Left out: nobody. */
  reportTo(report: (kind: string) => void): void {
    this.#report = report;
  }

  note(message: string): void {
    if (this.#kinds.size >= MAX_KINDS) return;
    // Parts of the text come from clients.
    const kind = message.replaceAll(/[^ -~]/g, '?').slice(0, MAX_LENGTH);
    if (this.#kinds.has(kind)) return;
    this.#kinds.add(kind);
    this.#report(kind);
  }
}

/** Those of this process. */
export const refusals = new Refusals();
