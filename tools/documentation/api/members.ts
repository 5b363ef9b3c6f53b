import ts from 'typescript';
import { isOurs } from './entries';

const HIDDEN = ts.ModifierFlags.Private | ts.ModifierFlags.Protected;

/** The members of a class or an interface that a user of it sees and that this package declares. */
export function membersOf(symbol: ts.Symbol, checker: ts.TypeChecker): ts.Symbol[] {
  return checker.getPropertiesOfType(checker.getDeclaredTypeOfSymbol(symbol)).filter(isSeen);
}

/** Whether a member is declared by one of these, and not by what extends them. */
export function isMemberOf(member: ts.Symbol, symbols: readonly ts.Symbol[]): boolean {
  const place: ts.Node | undefined = member.declarations?.[0]?.parent;
  return symbols.some(({ declarations = [] }) => declarations.some(each => each === place));
}

/** The static members of a class. */
export function staticMembersOf(symbol: ts.Symbol, checker: ts.TypeChecker): ts.Symbol[] {
  return checker
    .getPropertiesOfType(checker.getTypeOfSymbol(symbol))
    .filter(member => isSeen(member) && !(member.flags & ts.SymbolFlags.Prototype));
}

/** What a class or an interface extends, by the name that it is written with. */
export function basesOf(
  symbol: ts.Symbol,
  checker: ts.TypeChecker,
): { readonly name: string; readonly symbol: ts.Symbol; readonly isOurs: boolean }[] {
  return heritageOf(symbol).map(({ expression }) => {
    const found = checker.getSymbolAtLocation(expression);
    if (found === undefined) throw new Error(`${expression.getText()} is declared nowhere`);
    const base = found.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(found) : found;
    const file = base.declarations?.[0]?.getSourceFile().fileName ?? '';
    return { name: expression.getText(), symbol: base, isOurs: isOurs(file) };
  });
}

function heritageOf(symbol: ts.Symbol): ts.ExpressionWithTypeArguments[] {
  return (symbol.declarations ?? []).flatMap(declaration => {
    if (!ts.isInterfaceDeclaration(declaration) && !ts.isClassDeclaration(declaration)) return [];
    return (declaration.heritageClauses ?? [])
      .filter(({ token }) => token === ts.SyntaxKind.ExtendsKeyword)
      .flatMap(({ types }) => types);
  });
}

export function isOptional({ flags }: ts.Symbol): boolean {
  return (flags & ts.SymbolFlags.Optional) !== 0;
}

/** As it stands in the source: `[Symbol.asyncDispose]` too. */
export function nameOf(member: ts.Symbol): string {
  const [declaration] = member.declarations ?? [];
  const name = declaration && ts.getNameOfDeclaration(declaration);
  return name?.getText() ?? member.name;
}

function isSeen(member: ts.Symbol): boolean {
  const [declaration] = member.declarations ?? [];
  if (declaration === undefined || !isOurs(declaration.getSourceFile().fileName)) return false;
  const name = ts.getNameOfDeclaration(declaration);
  const isPrivate = name !== undefined && ts.isPrivateIdentifier(name);
  return !isPrivate && !(ts.getCombinedModifierFlags(declaration) & HIDDEN);
}

/** Whether an application may construct the class in this way. */
export function isPublic(constructor: ts.Signature): boolean {
  return !(ts.getCombinedModifierFlags(constructor.getDeclaration()) & HIDDEN);
}
