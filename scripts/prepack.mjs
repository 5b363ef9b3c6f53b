// Before a package is packed: says in its package.json where it comes from, and makes the links of its README absolute,
// since npm shows the page outside of the repository. After it (--restore) both files are as they were. Where the root's
// package.json has no `repository`, nothing is changed. A package that is not built is refused: npm would pack it empty.
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { readManifest, repositoryUrl, ROOT } from './repository.mjs';

const PACKAGE = process.cwd();
/** The files as they are in the repository, while they are not. */
const ORIGINALS = join(PACKAGE, 'build/packing');
const CHANGED = ['README.md', 'package.json'];
const FENCED = /^ *```.*\n(?:.*\n)*? *```$/gm;
/** What a link or a picture leads to: in Markdown, in a reference, or in HTML. */
const TARGETS = /(\]\(|^\[[^\]]+\]: |\b(?:src|href)=")(?!\w+:|#)([^)\s"]+)/gm;
const PICTURES = /\.(?:svg|png|gif|jpe?g)$/;

// What an earlier packing that failed has left.
restore();
if (!process.argv.includes('--restore')) prepare();

function prepare() {
  const { main } = readManifest(PACKAGE);
  if (!existsSync(join(PACKAGE, main))) {
    console.error(`${PACKAGE} is not built: there is no ${main}. Run npm run build first.`);
    process.exit(1);
  }
  const url = repositoryUrl();
  if (url !== undefined) change(url);
}

function restore() {
  if (!existsSync(ORIGINALS)) return;
  for (const name of CHANGED) copyFileSync(join(ORIGINALS, name), join(PACKAGE, name));
  rmSync(ORIGINALS, { recursive: true });
}

function change(url) {
  mkdirSync(ORIGINALS, { recursive: true });
  for (const name of CHANGED) copyFileSync(join(PACKAGE, name), join(ORIGINALS, name));
  const readme = readFileSync(join(PACKAGE, 'README.md'), 'utf8');
  writeFileSync(join(PACKAGE, 'README.md'), withAbsoluteLinks(readme, url));
  const directory = relative(ROOT, PACKAGE);
  const manifest = {
    ...readManifest(PACKAGE),
    homepage: `${url}/tree/HEAD/${directory}#readme`,
    bugs: `${url}/issues`,
    repository: { type: 'git', url: `git+${url}.git`, directory },
  };
  writeFileSync(join(PACKAGE, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

function withAbsoluteLinks(markdown, url) {
  const blocks = markdown.match(FENCED) ?? [];
  return markdown
    .split(FENCED)
    .map(text => text.replaceAll(TARGETS, (_, before, target) => before + absolute(target, url)))
    .map((text, index) => text + (blocks[index] ?? ''))
    .join('');
}

function absolute(target, url) {
  const [path, fragment] = target.split('#');
  const file = resolve(PACKAGE, path);
  const kind = PICTURES.test(path) ? 'raw' : statSync(file).isDirectory() ? 'tree' : 'blob';
  const place = `${url}/${kind}/HEAD/${relative(ROOT, file)}`;
  return fragment === undefined ? place : `${place}#${fragment}`;
}
