import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { KUBERNETES } from './manifests';

/** What the stage `build` of a Dockerfile does in its folder: the commands of RUN, in their order. */
export function buildCommands(file: string): { readonly folder: string; readonly run: string[] } {
  const text = readFileSync(join(KUBERNETES, file), 'utf8');
  const [, stage = ''] = /^FROM \S+ AS build\n(.*?)^FROM /ms.exec(text) ?? [];
  const [, folder = ''] = /^WORKDIR (\S+)$/m.exec(stage) ?? [];
  const run = Array.from(stage.matchAll(/^RUN (.*)$/gm), ([, command = '']) => command);
  if (run.length === 0) throw new Error(`${file} builds nothing`);
  return { folder, run };
}
