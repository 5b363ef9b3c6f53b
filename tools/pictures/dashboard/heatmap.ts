import { element, rounded, text } from '../../drawing/svg';
import type { Cell } from './answers';
import { decades } from './axes';
import type { PlotArea } from './plot-area';
import { format, type Unit } from './units';

/** Shades, from the fewest to the most. */
const SHADES = 8;
const KEY_SIZE = 12;

/** Buckets over time on a logarithmic axis; the darker, the more is in them. */
export function drawHeatmap(
  cells: readonly Cell[],
  { unit, step }: { readonly unit: Unit; readonly step: number },
  area: PlotArea,
): string[] {
  const drawn = cells.filter(({ from, value }) => from > 0 && value > 0);
  if (drawn.length === 0) return [...area.drawAxes([]), area.drawNothing()];
  const least = Math.min(...drawn.map(({ from }) => from));
  const greatest = Math.max(...drawn.map(({ to }) => to));
  const most = Math.max(...drawn.map(({ value }) => value));
  const shareOf = (duration: number) => Math.log(duration / least) / Math.log(greatest / least);
  const boxOf = ({ time, from, to }: Cell) => {
    const top = area.y(shareOf(to));
    const left = area.x(Math.max(0, time - step));
    const width = rounded(area.x(time) - left);
    return `M${rounded(left)} ${rounded(top)}h${width}v${rounded(area.y(shareOf(from)) - top)}h-${width}z`;
  };
  // One path for each shade: there are some thousand cells.
  const shades = Array.from({ length: SHADES }, (_, shade) =>
    drawn.filter(({ value }) => Math.ceil(SHADES * Math.sqrt(value / most)) === shade + 1),
  );
  const ticks = decades(least, greatest);
  return [
    ...area.drawAxes(ticks.map(tick => ({ share: shareOf(tick), label: format('s', tick) }))),
    ...shades.map((shade, index) =>
      element('path', {
        class: 'heat',
        'fill-opacity': opacityOf(index),
        d: shade.map(boxOf).join(''),
      }),
    ),
    ...drawKey(format(unit, most), area),
  ];
}

/** What the shades mean, where graphs have their legend. */
function drawKey(most: string, { left, bottom }: PlotArea): string[] {
  const y = bottom + 24;
  const start = left + 12;
  return [
    text({ x: left, y: y + 10 }, '0'),
    ...Array.from({ length: SHADES }, (_, index) =>
      element('rect', {
        class: 'heat',
        'fill-opacity': opacityOf(index),
        x: start + index * KEY_SIZE,
        y,
        width: KEY_SIZE,
        height: KEY_SIZE,
      }),
    ),
    text({ x: start + SHADES * KEY_SIZE + 6, y: y + 10 }, most),
  ];
}

function opacityOf(shade: number): string {
  return ((shade + 1) / SHADES).toFixed(2);
}
