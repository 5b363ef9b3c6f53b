import { inspect, types } from 'node:util';
import { Script } from 'node:vm';

const NATIVE = /\{\s*\[native code\]\s*\}\s*$/;

/** Functions as they travel to the server's process: each as the text of an expression. */
export interface ModuleSource {
  readonly name: string;
  readonly sources: Readonly<Record<string, string>>;
}

/** @throws TypeError when the name or a function cannot be used. */
export function describeModule(name: unknown, functions: unknown): ModuleSource {
  if (typeof name !== 'string' || !/^[\w.-]{1,64}$/.test(name)) {
    throw new TypeError(`The name of a UDF module is ${inspect(name)}; it must be a file name.`);
  }
  if (typeof functions !== 'object' || functions === null) {
    throw new TypeError(`The UDF module ${name} is ${inspect(functions)}; it must be an object.`);
  }
  const sources = Object.entries(functions).map(([key, value]) => [
    key,
    sourceOf(`${name}.${key}`, value),
  ]);
  return { name, sources: Object.fromEntries(sources) as ModuleSource['sources'] };
}

/** The text of a function as an expression. */
function sourceOf(name: string, value: unknown): string {
  const refuse = (why: string) => new TypeError(`The UDF ${name} ${why}.`);
  if (typeof value !== 'function') throw refuse('is no function');
  const text = Function.prototype.toString.call(value);
  if (NATIVE.test(text)) throw refuse('is native or bound, so its source cannot be had');
  if (types.isAsyncFunction(value)) throw refuse('is asynchronous, and records do not wait');
  if (types.isGeneratorFunction(value)) throw refuse('is a generator');
  if (/^class\b/.test(text)) throw refuse('is a class');
  if (text.startsWith('[')) throw refuse('has a computed name');
  // A method's text, such as `add(record) { … }`, is no expression on its own.
  const expressions = [`(${text}\n)`, `Object.values({ ${text}\n})[0]`];
  const expression = expressions.find(isSyntax);
  if (expression === undefined) throw refuse('cannot be read from its source');
  return expression;
}

function isSyntax(expression: string): boolean {
  try {
    new Script(expression);
    return true;
  } catch {
    return false;
  }
}
