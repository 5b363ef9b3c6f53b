import { createContext, Script } from 'node:vm';

/** A function of a module; its first argument is a record or a stream of records. */
export type CompiledUdf = (...args: readonly unknown[]) => unknown;
export type CompiledModule = ReadonlyMap<string, CompiledUdf>;

/**
 * Makes functions of their sources. Each module gets a context of its own: its functions see the language, `Map` and
 * `Buffer`, and nothing of the server's process that they could come to depend on or break, such as `process`. The
 * context is there for honest functions; it is no defence against hostile ones.
 */
export function compileModule(
  name: string,
  sources: Readonly<Record<string, string>>,
): CompiledModule {
  // Arguments are made here, so `instanceof Map` only works when both sides have the same Map.
  const context = createContext({ Buffer, Map }, { name: `UDF module ${name}` });
  return new Map(
    Object.entries(sources).map(([functionName, source]): [string, CompiledUdf] => {
      const script = new Script(source, { filename: `${name}.js` });
      return [functionName, script.runInContext(context) as CompiledUdf];
    }),
  );
}
