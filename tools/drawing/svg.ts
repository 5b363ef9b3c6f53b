type Attributes = Readonly<Record<string, string | number | undefined>>;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/** An element of SVG. Attributes that are undefined are left out, and numbers rounded to a tenth. */
export function element(name: string, attributes: Attributes, content?: string): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([attribute, value]) => ` ${attribute}="${valueOf(value)}"`)
    .join('');
  return content === undefined ? `<${name}${written}/>` : `<${name}${written}>${content}</${name}>`;
}

export function text(attributes: Attributes, content: string): string {
  return element('text', attributes, escaped(content));
}

export function escaped(content: string): string {
  return content.replaceAll(/[&<>"]/g, character => ENTITIES[character] ?? character);
}

export function unescaped(content: string): string {
  return Object.entries(ENTITIES).reduceRight(
    (unfinished, [character, entity]) => unfinished.replaceAll(entity, character),
    content,
  );
}

/** A number as it stands in a path: none of the digits that nobody sees. */
export function rounded(value: number): string {
  return String(Math.round(value * 10) / 10);
}

function valueOf(value: string | number | undefined): string {
  return typeof value === 'number' ? rounded(value) : escaped(value ?? '');
}
