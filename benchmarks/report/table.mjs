/**
 * A table in Markdown, padded so that it can be read as it is. The first column is text, and the others are numbers
 * unless all of it is text.
 */
export function formatTable({ columns, rows, isText = false }) {
  const widths = columns.map((column, index) =>
    Math.max(3, column.length, ...rows.map(row => row[index].length)),
  );
  const isLeft = index => isText || index === 0;
  const pad = (cell, index) =>
    isLeft(index) ? cell.padEnd(widths[index]) : cell.padStart(widths[index]);
  const line = cells => `| ${cells.map(pad).join(' | ')} |`;
  const rule = widths.map((width, index) =>
    isLeft(index) ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`,
  );
  return [line(columns), `| ${rule.join(' | ')} |`, ...rows.map(line)].join('\n');
}
