/** Stands for anything within a line. */
const ANYTHING = '…';
const NUMBER = /\d[\d.,]*/;

/**
 * Whether a command has printed what a document shows: every line of it, in this order.
 *
 * @param numbersVary whether a number stands for any other, and a space for any number of them
 */
export function isShown(expected: string, output: string, numbersVary: boolean): boolean {
  const lines = output.split('\n');
  let from = 0;
  return expected
    .split('\n')
    .filter(line => line.trim() !== '' && line.trim() !== ANYTHING)
    .every(line => {
      const pattern = patternOf(line.trimEnd(), numbersVary);
      const at = lines.findIndex(
        (actual, index) => index >= from && pattern.test(actual.trimEnd()),
      );
      from = at + 1;
      return at !== -1;
    });
}

function patternOf(line: string, numbersVary: boolean): RegExp {
  const parts = line.split(ANYTHING).map(part => {
    if (!numbersVary) return escaped(part);
    return part
      .split(NUMBER)
      .map(text => escaped(text).replaceAll(/ +/g, ' +'))
      .join(NUMBER.source);
  });
  return new RegExp(`^${parts.join('.*')}$`);
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
