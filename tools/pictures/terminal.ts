import { escaped, unescaped } from '../drawing/svg';

/** In units of the picture, which is scaled to the width of its page. */
const FONT_SIZE = 14;
/** Monospaced fonts have characters of about this width; `textLength` makes it exact in each of them. */
const CHARACTER_WIDTH = 8.4;
const LINE_HEIGHT = 19;
const PADDING = 16;
const BAR_HEIGHT = 28;
const LIGHTS = ['#ff5f57', '#febc2e', '#28c840'];

/** A picture, as SVG, of a terminal in which a command has printed some text. */
export function terminal(command: string, output: string): string {
  const lines = [`$ ${command}`, ...output.trimEnd().split('\n')];
  const columns = Math.max(...lines.map(line => line.length));
  const width = Math.ceil(columns * CHARACTER_WIDTH + 2 * PADDING);
  const height = BAR_HEIGHT + lines.length * LINE_HEIGHT + 2 * PADDING;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    `<title>${escaped(command)}</title>`,
    `<rect width="${width}" height="${height}" rx="8" fill="#1e2127"/>`,
    ...LIGHTS.map(
      (color, index) => `<circle cx="${18 + 20 * index}" cy="18" r="6" fill="${color}"/>`,
    ),
    `<g font-family="ui-monospace, Menlo, Consolas, monospace" font-size="${FONT_SIZE}" fill="#d7dae0">`,
    ...lines.flatMap((line, index) => textOf(line, index)),
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

/** The lines of a picture that {@link terminal} has made, the command first. Empty lines are left out. */
export function linesOf(picture: string): string[] {
  return Array.from(picture.matchAll(/<text [^>]*>(.*)<\/text>/g), ([, text = '']) =>
    unescaped(text),
  );
}

function textOf(line: string, index: number): string[] {
  if (line.trim() === '') return [];
  const y = BAR_HEIGHT + PADDING + (index + 0.75) * LINE_HEIGHT;
  const length = (line.length * CHARACTER_WIDTH).toFixed(1);
  const color = index === 0 ? ' fill="#98c379"' : '';
  return [
    `<text x="${PADDING}" y="${y}" textLength="${length}" xml:space="preserve"${color}>${escaped(line)}</text>`,
  ];
}
