import { element, rounded } from '../../drawing/svg';
import type { Line, Point } from './answers';
import { linearTicks } from './axes';
import type { PlotArea } from './plot-area';
import { colorOf } from './theme';
import { formatFor, type Unit } from './units';

const TICKS = 4;

/** Lines over time, from 0. */
export function drawGraph(lines: readonly Line[], unit: Unit, area: PlotArea): string[] {
  const values = lines.flatMap(({ points }) => points.map(({ value }) => value));
  const ticks = linearTicks(Math.max(0, ...values.filter(Number.isFinite)), TICKS);
  const greatest = ticks.at(-1) ?? 1;
  const format = formatFor(unit, greatest);
  const axes = area.drawAxes(ticks.map(tick => ({ share: tick / greatest, label: format(tick) })));
  const place = ({ time, value }: Point) =>
    `${rounded(area.x(time))} ${rounded(area.y(value / greatest))}`;
  return [
    ...axes,
    ...lines.map(({ points }, index) =>
      element('path', { class: `line ${colorOf(index)}`, d: pathOf(points, place) }),
    ),
    ...(lines.length === 0 ? [area.drawNothing()] : []),
  ];
}

/** A line that is interrupted where there is no value. */
function pathOf(points: readonly Point[], place: (point: Point) => string): string {
  const steps = points.map((point, index) => {
    const before = points[index - 1];
    const isJoined = before !== undefined && Number.isFinite(before.value);
    return Number.isFinite(point.value) ? `${isJoined ? 'L' : 'M'}${place(point)}` : '';
  });
  return steps.join('');
}
