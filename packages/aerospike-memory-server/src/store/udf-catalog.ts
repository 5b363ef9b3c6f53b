import type { CompiledModule } from '../udf/module';

/** The UDFs there are: Lua files from clients, and modules of JavaScript functions from whoever started the server. */
export class UdfCatalog {
  /** Hashes of Lua files by their names. The files are listed, and never run. */
  readonly files = new Map<string, string>();
  readonly modules = new Map<string, CompiledModule>();

  /** Whether a module is there in Lua, and not in JavaScript. */
  isLuaOnly(module: string): boolean {
    return !this.modules.has(module) && this.files.has(`${module}.lua`);
  }
}
