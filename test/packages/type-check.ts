import { join } from 'node:path';
import ts from 'typescript';

const { ModuleKind, ModuleResolutionKind } = ts;

/** The ways in which TypeScript resolves a package, each with the extensions that cover both module formats. */
export const RESOLUTIONS = {
  node16: {
    extensions: ['.cts', '.mts'],
    options: { module: ModuleKind.Node16, moduleResolution: ModuleResolutionKind.Node16 },
  },
  nodenext: {
    extensions: ['.cts', '.mts'],
    options: { module: ModuleKind.NodeNext, moduleResolution: ModuleResolutionKind.NodeNext },
  },
  bundler: {
    extensions: ['.ts'],
    options: { module: ModuleKind.ESNext, moduleResolution: ModuleResolutionKind.Bundler },
  },
  // The default of TypeScript up to 5 for CommonJS, which does not know the field `exports` of a package.json.
  node10: {
    extensions: ['.ts'],
    options: {
      module: ModuleKind.CommonJS,
      moduleResolution: ModuleResolutionKind.Node10,
      ignoreDeprecations: '6.0',
    },
  },
} as const;

/** What `tsc --noEmit` says of files, the declarations of the packages that they import included. */
export function typeErrors(
  files: readonly string[],
  typeRoot: string,
  options: ts.CompilerOptions,
): string[] {
  const program = ts.createProgram(files, {
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2023.d.ts'],
    types: ['node'],
    typeRoots: [join(typeRoot, 'node_modules/@types')],
    strict: true,
    esModuleInterop: true,
    noEmit: true,
    skipLibCheck: false,
    ...options,
  });
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ file, messageText }) =>
      [file?.fileName ?? '', ts.flattenDiagnosticMessageText(messageText, '\n')].join(': '),
    );
}
