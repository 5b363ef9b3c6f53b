import { element, escaped, text } from '../../drawing/svg';
import type { DashboardJson, PanelJson } from './dashboard-json';
import type { Window } from './observed-demo';
import { answered, type AnsweredPanel } from './panel';
import { STYLE } from './theme';

const WIDTH = 1000;
/** Grafana's. */
const COLUMNS = 24;
const GAP = 8;
const HEADING_HEIGHT = 40;

/** What is shown of a dashboard: one of its rows, or some panels. */
export interface Selection {
  readonly row?: string;
  readonly panels?: readonly string[];
}

/** A picture, as SVG, of panels of the dashboard with what Prometheus answers to their queries. */
export async function dashboardPicture(
  dashboard: DashboardJson,
  selection: Selection,
  window: Window,
): Promise<string> {
  const heading = [dashboard.title, selection.row ?? []].flat().join(': ');
  const drawn: string[] = [];
  let top = HEADING_HEIGHT;
  for (const line of inLines(selected(dashboard, selection))) {
    const panels: AnsweredPanel[] = [];
    for (const panel of line) panels.push(await answered(panel, window, widthOf(panel)));
    const height = Math.max(...panels.map(panel => panel.height));
    let left = GAP;
    for (const { panel, draw } of panels) {
      const width = widthOf(panel);
      drawn.push(...draw({ left, top, width, height }));
      left += width + GAP;
    }
    top += height + GAP;
  }
  const size = { width: WIDTH, height: top };
  return element(
    'svg',
    { xmlns: 'http://www.w3.org/2000/svg', viewBox: `0 0 ${WIDTH} ${top}`, ...size, role: 'img' },
    [
      '',
      element('title', {}, escaped(heading)),
      element('style', {}, STYLE),
      element('rect', { class: 'page', ...size, rx: 6 }),
      text({ class: 'heading', x: 2 * GAP, y: 26 }, heading),
      ...drawn,
      '',
    ].join('\n'),
  ).concat('\n');
}

function selected({ panels }: DashboardJson, { row, panels: titles = [] }: Selection): PanelJson[] {
  if (row === undefined) return titles.map(title => only(panels, title));
  const after = panels.slice(panels.indexOf(only(panels, row, 'row')) + 1);
  const next = after.findIndex(({ type }) => type === 'row');
  return next === -1 ? after : after.slice(0, next);
}

function only(panels: readonly PanelJson[], title: string, type?: string): PanelJson {
  const isMeant = (panel: PanelJson) => (panel.type === 'row') === (type === 'row');
  const found = panels.find(panel => isMeant(panel) && panel.title === title);
  if (found === undefined) throw new Error(`the dashboard has no ${type ?? 'panel'} ${title}`);
  return found;
}

/** Beside each other as many as there is room for. */
function inLines(panels: readonly PanelJson[]): PanelJson[][] {
  const lines: PanelJson[][] = [];
  let used = COLUMNS;
  for (const panel of panels) {
    const { w } = panel.gridPos;
    if (used + w > COLUMNS) {
      lines.push([]);
      used = 0;
    }
    lines.at(-1)?.push(panel);
    used += w;
  }
  return lines;
}

function widthOf({ gridPos: { w } }: PanelJson): number {
  return (w / COLUMNS) * (WIDTH - GAP) - GAP;
}
