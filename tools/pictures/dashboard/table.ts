import { element, text } from '../../drawing/svg';
import type { TableAnswer } from './answers';
import { format } from './units';

export const ROW_HEIGHT = 18;
const NAME_TITLE = 'Operation';

/** The height of a table with its head. */
export function heightOf({ rows }: TableAnswer): number {
  return (rows.length + 1) * ROW_HEIGHT;
}

/** Names at the left, numbers at the right end of columns of the same width. */
export function drawTable(
  { columns, rows }: TableAnswer,
  { left, top, width }: { readonly left: number; readonly top: number; readonly width: number },
): string[] {
  const columnWidth = width / (columns.length + 1);
  const endOf = (column: number) => Math.round(left + (column + 2) * columnWidth);
  const lineOf = (row: number) => top + row * ROW_HEIGHT + 12;
  const head = [
    text({ class: 'head', x: left, y: lineOf(0) }, NAME_TITLE),
    ...columns.map(({ title }, column) =>
      text({ class: 'head', x: endOf(column), y: lineOf(0), 'text-anchor': 'end' }, title),
    ),
  ];
  const body = rows.flatMap(({ name, values }, index) => [
    element('path', { class: 'grid', d: `M${left} ${top + (index + 1) * ROW_HEIGHT}h${width}` }),
    text({ class: 'cell name', x: left, y: lineOf(index + 1) }, name),
    ...columns.map(({ unit }, column) =>
      text(
        { class: 'cell', x: endOf(column), y: lineOf(index + 1), 'text-anchor': 'end' },
        format(unit, values[column] ?? NaN),
      ),
    ),
  ]);
  return [...head, ...body];
}
