import { microseconds, milliseconds, nanoseconds } from './format.mjs';
import { EXPORTERS } from '../exporters/index.mjs';
import { INSTRUMENTATIONS } from '../instrumentations/index.mjs';
import { RECORDERS } from '../recorders/index.mjs';

const MARGIN = 16;
/** Of the widest of the usual fonts, DejaVu Sans in bold, so that no label is cut off. */
const LETTER_WIDTH = 8;
const BAR_WIDTH = 400;
/** For the figure behind a bar. */
const FIGURE_WIDTH = 100;
const ROW_HEIGHT = 22;
const TITLE_HEIGHT = 44;
const COLORS = { ours: '#1b7f5c', others: '#9aa5b1', text: '#1f2933', range: '#52606d' };

/** What is drawn, from above: this package beside the least that it can take and what others take. */
const CLIENT_IDS = [
  'lowerBound',
  'producer',
  'promClient',
  'plainHistogram',
  'producerAndSpans',
  'plainSpan',
  'ddTrace',
];
const RECORDING_IDS = ['lowerBound', 'exponential', 'promClient', 'plainHistogram'];
const SCRAPE_IDS = [
  'lowerBound',
  'thisPackage',
  'openMetricsExemplars',
  'protobuf',
  'promClient',
  'stock',
];

/** The panels: bars of the medians, and lines from the least to the most. */
function panelsOf({ recording, client, scrape }) {
  return [
    {
      title: 'Added to a get of the real client, µs of CPU',
      bars: barsOf(CLIENT_IDS, INSTRUMENTATIONS, id => client[id]?.get.added, microseconds),
    },
    {
      title: 'One recording, ns',
      bars: barsOf(RECORDING_IDS, RECORDERS, id => recording[id], nanoseconds),
    },
    {
      title: 'A scrape of 450 attribute sets, ms of CPU',
      bars: barsOf(SCRAPE_IDS, EXPORTERS, id => scrape[id]?.[450]?.cpu, milliseconds),
    },
  ];
}

function barsOf(ids, labels, spreadOf, format) {
  return ids
    .filter(id => spreadOf(id) !== undefined)
    .map(id => {
      const { label } = labels[id];
      const isOurs = label.includes('**');
      return { label: label.replace(/[*`]/g, ''), isOurs, format, ...spreadOf(id) };
    });
}

/** One SVG with all panels. */
export function plot(figures) {
  const panels = panelsOf(figures);
  const longest = Math.max(...panels.flatMap(({ bars }) => bars.map(({ label }) => label.length)));
  /** Where the labels end and the bars begin. */
  const left = MARGIN + Math.ceil(longest * LETTER_WIDTH);
  let y = 0;
  const drawn = panels.map(panel => {
    const top = y;
    y += TITLE_HEIGHT + panel.bars.length * ROW_HEIGHT;
    return drawPanel(panel, top, left);
  });
  const width = left + BAR_WIDTH + FIGURE_WIDTH;
  const height = y + ROW_HEIGHT;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="system-ui, sans-serif" font-size="13" fill="${COLORS.text}">
<rect width="100%" height="100%" fill="#ffffff"/>
${drawn.join('\n')}
</svg>
`;
}

function drawPanel({ title, bars }, top, left) {
  const most = Math.max(...bars.map(({ max }) => max));
  const scale = value => Math.max(0, (value / most) * BAR_WIDTH);
  const rows = bars.map((bar, index) =>
    drawBar(bar, { left, top: top + TITLE_HEIGHT + index * ROW_HEIGHT, scale }),
  );
  return [
    `<text x="${MARGIN}" y="${top + 32}" font-size="15" font-weight="600">${escape(title)}</text>`,
    ...rows,
  ].join('\n');
}

function drawBar({ label, isOurs, median, min, max, format }, { left, top, scale }) {
  const middle = top + ROW_HEIGHT / 2;
  const at = value => (left + scale(value)).toFixed(1);
  return [
    `<text x="${left - 8}" y="${middle + 4}" text-anchor="end"${isOurs ? ' font-weight="600"' : ''}>${escape(label)}</text>`,
    `<rect x="${left}" y="${top + 4}" width="${scale(median).toFixed(1)}" height="${ROW_HEIGHT - 8}" fill="${isOurs ? COLORS.ours : COLORS.others}"/>`,
    `<line x1="${at(min)}" x2="${at(max)}" y1="${middle}" y2="${middle}" stroke="${COLORS.range}"/>`,
    `<text x="${(Number(at(max)) + 8).toFixed(1)}" y="${middle + 4}">${format(median)}</text>`,
  ].join('\n');
}

function escape(text) {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
}
