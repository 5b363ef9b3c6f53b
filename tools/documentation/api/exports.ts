import { join } from 'node:path';
import ts from 'typescript';
import { ROOT } from '@test/support';
import { ENTRIES, type Entry } from './entries';

/** The packages as the compiler sees them. */
export interface Packages {
  readonly checker: ts.TypeChecker;
  /** What an entry exports, in the order of its source. */
  exportsOf(entry: Entry): readonly ts.Symbol[];
}

/** Reads the sources of both packages. */
export function readPackages(): Packages {
  const base = ts.readConfigFile(join(ROOT, 'tsconfig.base.json'), file => ts.sys.readFile(file));
  const { options } = ts.parseJsonConfigFileContent(base.config, ts.sys, ROOT);
  const program = ts.createProgram(
    ENTRIES.map(({ file }) => file),
    { ...options, composite: false, noEmit: true },
  );
  const checker = program.getTypeChecker();
  return {
    checker,
    exportsOf({ file }) {
      const source = program.getSourceFile(file);
      const module = source && checker.getSymbolAtLocation(source);
      if (module === undefined) throw new Error(`${file} exports nothing`);
      return checker.getExportsOfModule(module).map(each => original(each, checker));
    },
  };
}

/** What another file declares that this one exports. */
function original(symbol: ts.Symbol, checker: ts.TypeChecker): ts.Symbol {
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}
