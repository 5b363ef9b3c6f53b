import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import ts from 'typescript';

/** What each file of a folder imports from the same folder, types included; paths are from the folder. */
export function importsWithin(folder: string): Map<string, string[]> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return new Map(
    files
      .filter(file => file.endsWith('.ts'))
      .map(file => {
        const { importedFiles } = ts.preProcessFile(readFileSync(join(folder, file), 'utf8'));
        const local = importedFiles.filter(({ fileName }) => fileName.startsWith('.'));
        return [file, local.map(({ fileName }) => resolved(folder, dirname(file), fileName))];
      }),
  );
}

function resolved(folder: string, from: string, specifier: string): string {
  const path = normalize(join(from, specifier));
  const candidates = [`${path}.ts`, join(path, 'index.ts')];
  const found = candidates.find(candidate => existsSync(join(folder, candidate)));
  if (found === undefined) throw new Error(`${specifier} in ${from} leads out of ${folder}`);
  return found;
}

/** A way from a node back to itself; undefined where there is none. */
export function circleIn(graph: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const finished = new Set<string>();
  const visit = (node: string, path: readonly string[]): string[] | undefined => {
    if (path.includes(node)) return [...path.slice(path.indexOf(node)), node];
    if (finished.has(node)) return undefined;
    for (const next of graph.get(node) ?? []) {
      const circle = visit(next, [...path, node]);
      if (circle !== undefined) return circle;
    }
    finished.add(node);
    return undefined;
  };
  for (const node of graph.keys()) {
    const circle = visit(node, []);
    if (circle !== undefined) return circle;
  }
  return undefined;
}

/** Whether some edges lead from one node to another. */
export function leadsTo(
  graph: ReadonlyMap<string, readonly string[]>,
  from: string,
  to: string,
): boolean {
  return from === to || (graph.get(from) ?? []).some(next => leadsTo(graph, next, to));
}
