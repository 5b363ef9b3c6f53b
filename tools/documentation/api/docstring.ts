import ts from 'typescript';

/** What a docstring says, as Markdown. */
export interface Docstring {
  /** Without what is left out by default, which stands in {@link default}. */
  readonly text: string;
  readonly default: string | undefined;
  readonly parameters: ReadonlyMap<string, string>;
  /** Parameters that are for this package alone. */
  readonly hidden: ReadonlySet<string>;
  readonly returns: string | undefined;
  /** Each with the error's class and when it is thrown. */
  readonly throws: readonly string[];
  readonly isInternal: boolean;
}

/** The last sentence of an option's docstring. */
const DEFAULT = /(?:^|\s)Default: ([^]*)\.$/;

/** How the text of a parameter begins that is none of the application's business. */
const INTERNAL = 'internal:';

/** What is a value of the language, and no words. */
const VALUE = /^(?:true|false|\d+|'.*'|\[.*\])$/;

/** Anything that has a docstring: what is declared, or one of its signatures. */
type Documented = Pick<ts.Symbol, 'getDocumentationComment' | 'getJsDocTags'>;

/** @param isExported whether a name has a section of its own */
export function docstringOf(
  documented: Documented,
  checker: ts.TypeChecker,
  isExported: (name: string) => boolean,
): Docstring {
  const markdown = (parts: readonly ts.SymbolDisplayPart[] | undefined) =>
    paragraphs(linked(ts.displayPartsToString([...(parts ?? [])]), isExported));
  const tags = documented.getJsDocTags(checker);
  const named = (name: string) => tags.filter(tag => tag.name === name);
  const all = markdown(documented.getDocumentationComment(checker));
  const parameters = named('param').map(({ text = [] }) => {
    const [, name = '', meaning = ''] = /^(\S+)\s*-?\s*([^]*)$/.exec(markdown(text)) ?? [];
    return [name, sentence(meaning)] as const;
  });
  return {
    text: all.replace(DEFAULT, '').trim(),
    default: DEFAULT.exec(all)?.[1]?.replace(VALUE, '`$&`'),
    parameters: new Map(
      parameters.filter(([, meaning]) => meaning !== '' && !meaning.startsWith(INTERNAL)),
    ),
    hidden: new Set(
      parameters.filter(([, meaning]) => meaning.startsWith(INTERNAL)).map(([name]) => name),
    ),
    returns: sentence(markdown(named('returns')[0]?.text)) || undefined,
    throws: named('throws').map(({ text }) => sentence(markdown(text)).replace(/^\w+/, '`$&`')),
    isInternal: named('internal').length > 0,
  };
}

function linked(text: string, isExported: (name: string) => boolean): string {
  return text.replaceAll(/{@link (\w+)([.\w]*)[^}]*}/g, (_, name: string, member: string) =>
    nameAsLink(name, isExported, member),
  );
}

/**
 * A name as code, which leads to its section where there is one.
 *
 * @param member of it, such as `.hosts`
 */
export function nameAsLink(
  name: string,
  isExported: (name: string) => boolean,
  member = '',
): string {
  const code = `\`${name}${member}\``;
  return isExported(name) ? `[${code}](#${name.toLowerCase()})` : code;
}

/** Lines are broken where the source is narrow; an empty one ends a paragraph. */
function paragraphs(text: string): string {
  return text
    .split(/\n{2,}/)
    .map(paragraph => paragraph.replaceAll(/\s*\n\s*/g, ' ').trim())
    .join('\n\n')
    .trim();
}

/** The texts of tags end without a full stop as often as with one. */
function sentence(text: string): string {
  return text === '' || text.endsWith('.') ? text : `${text}.`;
}
