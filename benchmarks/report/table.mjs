/** A table in Markdown, padded so that it can be read as it is. */
export function formatTable({ columns, rows }) {
  const widths = columns.map((column, index) =>
    Math.max(3, column.length, ...rows.map(row => row[index].length)),
  );
  const line = cells =>
    `| ${cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join(' | ')} |`;
  const rule = widths.map((width, i) =>
    i === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`,
  );
  return [line(columns), line(rule), ...rows.map(line)].join('\n');
}
