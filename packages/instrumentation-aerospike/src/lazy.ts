/**
 * Loads a part of this package when it is first needed, since each file that a process loads at its start delays it. The
 * part is named in a plain `require('./…')`, which the compiler checks and bundlers follow. A part that cannot be
 * loaded, such as when the package is being replaced, throws to whoever needs it, and is looked for again the next time.
 */
export function lazy<Part>(load: () => Part): () => Part {
  let loaded: Part | undefined;
  return () => (loaded ??= load());
}
