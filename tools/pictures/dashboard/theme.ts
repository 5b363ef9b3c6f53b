/** Of lines, one after the other: for light pages, and for dark ones. */
const COLORS: readonly (readonly [light: string, dark: string])[] = [
  ['#1b7f5c', '#3fb68b'],
  ['#b7791f', '#e8b13f'],
  ['#2b6cb0', '#5aa2e6'],
  ['#c53030', '#f2706b'],
  ['#6b46c1', '#a58af0'],
  ['#c05621', '#ef8f4f'],
  ['#0e7490', '#4cc3dd'],
  ['#b83280', '#ec7fbd'],
  ['#5f7a1f', '#a8c94a'],
  ['#4a5568', '#a3aebd'],
];

const strokes = (theme: 0 | 1) =>
  COLORS.map((color, index) => `.s${index} { stroke: ${color[theme]} }`).join('\n');

/** Readable on light and on dark pages. */
export const STYLE = `
text { font: 11px system-ui, 'DejaVu Sans', sans-serif; fill: #52606d }
.heading { font-size: 15px; font-weight: 600; fill: #1f2933 }
.title { font-size: 12px; font-weight: 600; fill: #1f2933 }
.cell { fill: #1f2933 }
.page { fill: #f4f5f7 }
.panel { fill: #ffffff; stroke: #d9dee4 }
.grid { stroke: #e4e7eb; fill: none }
.line { fill: none; stroke-width: 1.5; stroke-linejoin: round }
.key { stroke-width: 3 }
.heat { fill: #d9480f; shape-rendering: crispEdges }
${strokes(0)}
@media (prefers-color-scheme: dark) {
text { fill: #9aa5b1 }
.heading, .title, .cell { fill: #e4e7eb }
.page { fill: #0f1216 }
.panel { fill: #181b1f; stroke: #2c3235 }
.grid { stroke: #2c3235 }
.heat { fill: #ff9248 }
${strokes(1)}
}
`;

/** The class of a line's color. */
export function colorOf(index: number): string {
  return `s${index % COLORS.length}`;
}
