import ts from 'typescript';
import { table } from '../table';
import { docstringOf, nameAsLink, type Docstring } from './docstring';
import { ENTRIES } from './entries';
import { readPackages, type Packages } from './exports';
import {
  basesOf,
  isMemberOf,
  isOptional,
  isPublic,
  membersOf,
  nameOf,
  staticMembersOf,
} from './members';
import { signatureText, typeText } from './types-as-text';

let packages: Packages | undefined;

/** The section of docs/api.md about an entry: all that it exports, from the docstrings. */
export function apiReference(entryName: string): string {
  packages ??= readPackages();
  const entry = ENTRIES.find(({ name }) => name === entryName);
  if (entry === undefined) throw new Error(`there is no ${entryName}`);
  const all = new Set(ENTRIES.flatMap(each => packages?.exportsOf(each) ?? []));
  const reference = new Reference(packages.checker, new Set(Array.from(all, ({ name }) => name)));
  return reference.of(packages.exportsOf(entry));
}

/** The options of one interface, for a document that has no sections to link to. */
export function optionsTable(interfaceName: string): string {
  packages ??= readPackages();
  const exported = ENTRIES.flatMap(each => packages?.exportsOf(each) ?? []);
  const options = exported.find(({ name }) => name === interfaceName);
  if (options === undefined) throw new Error(`no entry exports ${interfaceName}`);
  return new Reference(packages.checker, new Set()).tableOf(membersOf(options, packages.checker));
}

/** Writes what is exported as Markdown. */
class Reference {
  constructor(
    private readonly checker: ts.TypeChecker,
    private readonly exported: ReadonlySet<string>,
  ) {}

  of(symbols: readonly ts.Symbol[]): string {
    return inReadingOrder(symbols)
      .map(symbol => `### ${symbol.name}\n\n${this.bodyOf(symbol)}`)
      .join('\n\n');
  }

  private bodyOf(symbol: ts.Symbol): string {
    const { flags } = symbol;
    if (flags & ts.SymbolFlags.Class) return this.classBody(symbol);
    if (flags & ts.SymbolFlags.Function) return this.functionBody(symbol);
    if (flags & ts.SymbolFlags.Interface) return this.interfaceBody(symbol);
    if (flags & ts.SymbolFlags.TypeAlias) return this.aliasBody(symbol);
    return this.constantBody(symbol);
  }

  private classBody(symbol: ts.Symbol): string {
    const bases = basesOf(symbol, this.checker).map(({ name }) => name);
    const constructors = this.checker
      .getTypeOfSymbol(symbol)
      .getConstructSignatures()
      .filter(isPublic);
    const isMethod = ({ flags }: ts.Symbol) => (flags & ts.SymbolFlags.Method) !== 0;
    const members = this.publicOnes(membersOf(symbol, this.checker));
    const properties = members.filter(member => !isMethod(member));
    return sections([
      this.docOf(symbol).text,
      bases.length > 0 && `It extends \`${bases.join(', ')}\`.`,
      ...constructors.map(signature => this.callOf(`new ${symbol.name}`, signature)),
      properties.length > 0 && this.tableOf(properties),
      ...staticMembersOf(symbol, this.checker).map(member =>
        this.methodOf(member, `${symbol.name}.`),
      ),
      ...members.filter(isMethod).map(member => this.methodOf(member, '')),
    ]);
  }

  private functionBody(symbol: ts.Symbol): string {
    const signatures = this.checker.getTypeOfSymbol(symbol).getCallSignatures();
    return sections(signatures.map(signature => this.callOf(symbol.name, signature)));
  }

  private interfaceBody(symbol: ts.Symbol): string {
    // Properties that are picked from another interface are listed as its own.
    const bases = basesOf(symbol, this.checker).filter(({ name }) => name !== 'Pick');
    const inherited = bases.filter(base => base.isOurs).map(base => base.symbol);
    const members = this.publicOnes(membersOf(symbol, this.checker)).filter(
      member => !isMemberOf(member, inherited),
    );
    const links = bases.map(({ name }) => nameAsLink(name, this.isExported));
    return sections([
      this.docOf(symbol).text,
      links.length > 0 && `It has all of ${links.join(' and ')}, and:`,
      members.length > 0 && this.tableOf(members),
    ]);
  }

  /** Options, of which each can be left out, have a column for what is taken then. */
  tableOf(members: readonly ts.Symbol[]): string {
    const areOptions = members.every(isOptional);
    const head = areOptions
      ? ['Option', 'Type', 'Default', 'Meaning']
      : ['Property', 'Type', 'Meaning'];
    const rows = members.map(member => {
      const doc = this.docOf(member);
      const name = code(nameOf(member) + (isOptional(member) && !areOptions ? '?' : ''));
      const type = code(this.typeOf(member));
      if (doc.text === '') throw new Error(`${member.name} has no docstring`);
      return areOptions
        ? [name, type, doc.default ?? '', cell(meaningOf(doc))]
        : [name, type, cell(meaningOf(doc))];
    });
    return table(head, rows);
  }

  private publicOnes(members: readonly ts.Symbol[]): ts.Symbol[] {
    return members.filter(member => !this.docOf(member).isInternal);
  }

  private aliasBody(symbol: ts.Symbol): string {
    const [declaration] = symbol.declarations ?? [];
    const type =
      declaration && ts.isTypeAliasDeclaration(declaration) && declaration.type.getText();
    return sections([
      type && `\`${type.replaceAll(/\s+/g, ' ').replace(/^\| /, '')}\``,
      this.docOf(symbol).text,
    ]);
  }

  private constantBody(symbol: ts.Symbol): string {
    return sections([
      code(`${symbol.name}: ${this.typeOf(symbol)}`, false),
      this.docOf(symbol).text,
    ]);
  }

  private methodOf(member: ts.Symbol, prefix: string): string {
    const signatures = this.checker.getTypeOfSymbol(member).getCallSignatures();
    return sections(
      signatures.map(signature => this.callOf(prefix + nameOf(member), signature, '#### ')),
    );
  }

  /** @param mark of a heading, if it is to be one */
  private callOf(name: string, signature: ts.Signature, mark = ''): string | undefined {
    const doc = docstringOf(signature, this.checker, this.isExported);
    if (doc.isInternal) return undefined;
    const text = signatureText(name, signature, this.checker, doc.hidden).replace(
      /^(new .*): \w+$/,
      '$1',
    );
    if (doc.text === '' && doc.throws.length === 0) throw new Error(`${text} has no docstring`);
    const parameters = [...doc.parameters].map(
      ([parameter, meaning]) => `\`${parameter}\`: ${meaning}`,
    );
    return sections([
      mark + code(text, false),
      doc.text,
      list([
        ...parameters,
        ...(doc.returns === undefined ? [] : [`Returns ${doc.returns}`]),
        ...doc.throws.map(error => `Throws ${error}`),
      ]),
    ]);
  }

  private typeOf(symbol: ts.Symbol): string {
    const [place] = symbol.declarations ?? [];
    if (place === undefined) throw new Error(`${symbol.name} is declared nowhere`);
    const type = this.checker.getTypeOfSymbol(symbol);
    return typeText(type, place, this.checker, { isOptional: isOptional(symbol) });
  }

  private docOf(symbol: ts.Symbol): Docstring {
    return docstringOf(symbol, this.checker, this.isExported);
  }

  private readonly isExported = (name: string): boolean => this.exported.has(name);
}

/** Classes, functions and constants first, each with the options that it takes right after it. */
function inReadingOrder(symbols: readonly ts.Symbol[]): ts.Symbol[] {
  const isValue = ({ flags }: ts.Symbol) => (flags & ts.SymbolFlags.Value) !== 0;
  const optionsOf = ({ name }: ts.Symbol) => {
    const [initial = ''] = name;
    const capitalized = initial.toUpperCase() + name.slice(1);
    return symbols.filter(each =>
      OPTIONS_SUFFIXES.some(suffix => each.name === capitalized + suffix),
    );
  };
  const ordered = symbols.filter(isValue).flatMap(value => [value, ...optionsOf(value)]);
  return [...new Set([...ordered, ...symbols])];
}

const OPTIONS_SUFFIXES = ['Config', 'Options'];

function meaningOf({ text, throws }: Docstring): string {
  return [text, ...throws.map(error => `Throws ${error}`)].join(' ').trim();
}

/** As code; in a table, a bar would end the cell. */
function code(text: string, isInTable = true): string {
  return `\`${isInTable ? text.replaceAll('|', '\\|') : text}\``;
}

/** A cell of a table is one line. */
function cell(text: string): string {
  return text.replaceAll(/\s*\n\s*/g, ' ').replaceAll('|', '\\|');
}

function list(items: readonly string[]): string {
  return items.map(item => `- ${item}`).join('\n');
}

function sections(parts: readonly (string | false | undefined)[]): string {
  return parts.filter(part => typeof part === 'string' && part !== '').join('\n\n');
}
