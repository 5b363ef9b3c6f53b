import { element, escaped, text } from '../drawing/svg';
import type { FaultPeriod } from './faults';
import type { Sample } from './sampler';

const WIDTH = 800;
const PANEL_HEIGHT = 110;
const LEFT = 70;
const RIGHT = 20;
const TOP = 26;
const BOTTOM = 14;

/** One value over time. */
interface Panel {
  readonly title: string;
  readonly value: (sample: Sample, before: Sample) => number;
}

const perSecond = (count: (sample: Sample) => number) => (sample: Sample, before: Sample) =>
  (count(sample) - count(before)) / (sample.seconds - before.seconds);

const PANELS: readonly Panel[] = [
  { title: 'Operations per second', value: perSecond(({ operations }) => operations) },
  { title: 'Errors per second', value: perSecond(({ errors }) => errors) },
  { title: 'Heap after a full collection, MiB', value: ({ heapBytes }) => heapBytes / 2 ** 20 },
  { title: 'Event loop delay, P99, ms', value: ({ loopDelayP99Ms }) => loopDelayP99Ms },
  { title: 'Series', value: ({ series }) => series },
];

/** Readable on light and on dark pages. */
const STYLE = `
text { font: 12px sans-serif; fill: #57606a }
.axis { stroke: #8c959f; stroke-width: 1 }
.line { fill: none; stroke: #0969da; stroke-width: 1.5 }
.fault { fill: #cf222e; fill-opacity: 0.25 }
@media (prefers-color-scheme: dark) { text { fill: #9198a1 } .line { stroke: #4493f8 } }
`;

/** Draws the samples as an SVG image, a panel for each value, with the times of the faults in red. */
export function plot(samples: readonly Sample[], faults: readonly FaultPeriod[]): string {
  const seconds = samples.at(-1)?.seconds ?? 0;
  const x = (time: number) => LEFT + (time / seconds) * (WIDTH - LEFT - RIGHT);
  const height = PANELS.length * PANEL_HEIGHT + BOTTOM;
  const panels = PANELS.map((panel, index) =>
    draw(panel, samples, faults, x, index * PANEL_HEIGHT),
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img">`,
    '<title>Soak test: the process over time</title>',
    `<style>${STYLE}</style>`,
    ...panels.flat(),
    text({ x: WIDTH - RIGHT, y: height - 4, 'text-anchor': 'end' }, `${seconds.toFixed(0)} s`),
    '</svg>\n',
  ].join('\n');
}

function draw(
  { title, value }: Panel,
  samples: readonly Sample[],
  faults: readonly FaultPeriod[],
  x: (time: number) => number,
  top: number,
): string[] {
  const points = samples.slice(1).map((sample, index) => ({
    time: sample.seconds,
    value: value(sample, samples[index] ?? sample),
  }));
  // From 0, so that what looks flat is.
  const max = Math.max(...points.map(point => point.value), 1e-9);
  const [ceiling, floor] = [top + TOP, top + PANEL_HEIGHT - BOTTOM];
  const y = (amount: number) => floor - (amount / max) * (floor - ceiling);
  const line = points.map(point => `${x(point.time).toFixed(1)},${y(point.value).toFixed(1)}`);
  return [
    ...faults.map(({ name, begin, end }) => {
      const width = Math.max(x(end) - x(begin), 1);
      const box = { x: x(begin), y: ceiling, width, height: floor - ceiling };
      return element('rect', { class: 'fault', ...box }, element('title', {}, escaped(name)));
    }),
    element('path', {
      class: 'axis',
      d: `M${LEFT},${ceiling} V${floor} H${WIDTH - RIGHT}`,
      fill: 'none',
    }),
    element('polyline', { class: 'line', points: line.join(' ') }),
    text({ x: LEFT, y: top + TOP - 8 }, title),
    text(
      { x: LEFT - 6, y: ceiling + 8, 'text-anchor': 'end' },
      max.toLocaleString('en', { maximumSignificantDigits: 3 }),
    ),
    text({ x: LEFT - 6, y: floor, 'text-anchor': 'end' }, '0'),
  ];
}
