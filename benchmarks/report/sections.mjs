/**
 * The parts of documents that `npm run bench -- --write-docs` writes, by file: what stands between
 * `<!-- figures: name -->` and `<!-- end -->`.
 */
export const SECTIONS = {
  'docs/performance.md': ['answer', 'client', 'scrape', 'startup', 'memory', 'targets', 'run'],
  'README.md': ['answer'],
};

const SECTION = /(<!-- figures: (\w+) -->)([^]*?)(<!-- end -->)/g;

/** The text of a document with other sections, and which of these it has had a place for. */
export function withSections(text, contentOf) {
  const names = [];
  const written = text.replace(SECTION, (_, start, name, content, end) => {
    names.push(name);
    return `${start}\n\n${contentOf(name, content.trim())}\n\n${end}`;
  });
  return { written, names };
}
