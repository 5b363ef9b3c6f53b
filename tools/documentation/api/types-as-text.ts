import ts from 'typescript';

/**
 * A type as an application would write it, literals one by one.
 *
 * @param options whether it is of what can be left out: then `undefined` goes without saying
 */
export function typeText(
  type: ts.Type,
  place: ts.Node,
  checker: ts.TypeChecker,
  { isOptional }: { readonly isOptional: boolean },
): string {
  if (!type.isUnion() || type.flags & ts.TypeFlags.Boolean) return shown(type, place, checker);
  const isSaid = ({ flags }: ts.Type) => !isOptional || !(flags & ts.TypeFlags.Undefined);
  const said = type.types.filter(isSaid);
  if (said.every(isLiteral) && said.filter(isBoolean).length < 2) {
    return [...new Set(said.map(member => literalText(member, place, checker)))].join(' | ');
  }
  const isAll = said.length === type.types.length;
  return shown(isAll ? type : checker.getNonNullableType(type), place, checker);
}

/**
 * What a function takes and gives: `(port: number): Promise<void>`.
 *
 * @param hidden names of parameters to leave out
 */
export function signatureText(
  name: string,
  signature: ts.Signature,
  checker: ts.TypeChecker,
  hidden: ReadonlySet<string>,
): string {
  const place = signature.getDeclaration();
  const seen = signature.getParameters().filter(parameter => !hidden.has(parameter.name));
  const parameters = seen.map(parameter => {
    const declaration = parameter.valueDeclaration as ts.ParameterDeclaration;
    const isOptional = checker.isOptionalParameter(declaration);
    const type = typeText(checker.getTypeOfSymbol(parameter), place, checker, { isOptional });
    return `${parameter.name}${isOptional ? '?' : ''}: ${type}`;
  });
  const result = shown(signature.getReturnType(), place, checker);
  return `${name}(${parameters.join(', ')}): ${result}`;
}

/** A member of an enum is not told from the others. */
function literalText(type: ts.Type, place: ts.Node, checker: ts.TypeChecker): string {
  const isOfEnum = (type.flags & ts.TypeFlags.EnumLiteral) !== 0;
  return shown(isOfEnum ? checker.getBaseTypeOfLiteralType(type) : type, place, checker);
}

function shown(type: ts.Type, place: ts.Node, checker: ts.TypeChecker): string {
  return checker.typeToString(type, place, FORMAT).replaceAll(/import\("[^"]*"\)\./g, '');
}

const FORMAT =
  ts.TypeFormatFlags.NoTruncation |
  ts.TypeFormatFlags.UseAliasDefinedOutsideCurrentScope |
  ts.TypeFormatFlags.UseSingleQuotesForStringLiteralType;

/** Of text or of numbers, `true` too. */
function isLiteral(type: ts.Type): boolean {
  return type.isLiteral() || isBoolean(type);
}

function isBoolean({ flags }: ts.Type): boolean {
  return (flags & ts.TypeFlags.BooleanLiteral) !== 0;
}
