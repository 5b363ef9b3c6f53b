import { element, text } from '../../drawing/svg';
import { cellsOf, linesOf, tableOf } from './answers';
import type { PanelJson } from './dashboard-json';
import { drawGraph } from './graph';
import { drawHeatmap } from './heatmap';
import { Legend } from './legend';
import type { Window } from './observed-demo';
import { PlotArea } from './plot-area';
import { drawTable, heightOf } from './table';
import type { Unit } from './units';

const PADDING = 12;
const TITLE_HEIGHT = 38;
const PLOT_HEIGHT = 100;
/** For the labels of the vertical axis. */
const AXIS_WIDTH = 76;
/** For those of the horizontal one. */
const TIMES_HEIGHT = 26;

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** A panel with what Prometheus has answered to its queries, to be drawn where there is room for it. */
export interface AnsweredPanel {
  readonly panel: PanelJson;
  /** What it needs, in units of the picture. */
  readonly height: number;
  readonly draw: (box: Box) => string[];
}

type Answerer = (panel: PanelJson, window: Window, width: number) => Promise<Answered>;
interface Answered {
  /** Of what stands below the title. */
  readonly height: number;
  readonly draw: (box: Box) => string[];
}

const ANSWERERS: Readonly<Record<string, Answerer>> = {
  timeseries: answeredGraph,
  heatmap: answeredHeatmap,
  table: answeredTable,
};

/** @param width of the panel, in units of the picture */
export async function answered(
  panel: PanelJson,
  window: Window,
  width: number,
): Promise<AnsweredPanel> {
  const answer = ANSWERERS[panel.type];
  if (answer === undefined) throw new Error(`no ${panel.type} can be drawn: ${panel.title}`);
  const { height, draw } = await answer(panel, window, width - 2 * PADDING);
  return {
    panel,
    height: TITLE_HEIGHT + height + PADDING,
    draw: box => [
      element('rect', {
        class: 'panel',
        x: box.left,
        y: box.top,
        width: box.width,
        height: box.height,
        rx: 4,
      }),
      text({ class: 'title', x: box.left + PADDING, y: box.top + 22 }, panel.title),
      ...draw({
        left: box.left + PADDING,
        top: box.top + TITLE_HEIGHT,
        width: box.width - 2 * PADDING,
        height: box.height - TITLE_HEIGHT - PADDING,
      }),
    ],
  };
}

async function answeredGraph(panel: PanelJson, window: Window, width: number): Promise<Answered> {
  const lines = await linesOf(panel, window);
  const legend = new Legend(
    lines.map(line => line.legend),
    width,
  );
  return {
    height: PLOT_HEIGHT + TIMES_HEIGHT + legend.height,
    draw: box => {
      const area = plotArea(box, legend.height, window);
      return [
        ...drawGraph(lines, unitOf(panel), area),
        ...legend.draw(box.left, area.bottom + TIMES_HEIGHT),
      ];
    },
  };
}

async function answeredHeatmap(panel: PanelJson, window: Window): Promise<Answered> {
  const cells = await cellsOf(panel, window);
  const options = { unit: unitOf(panel), step: window.step };
  return {
    height: PLOT_HEIGHT + TIMES_HEIGHT + PADDING,
    draw: box => drawHeatmap(cells, options, plotArea(box, PADDING, window)),
  };
}

async function answeredTable(panel: PanelJson, window: Window): Promise<Answered> {
  const answer = await tableOf(panel, window);
  return { height: heightOf(answer), draw: box => drawTable(answer, box) };
}

/** All that legend and times leave. */
function plotArea({ left, top, width, height }: Box, below: number, window: Window): PlotArea {
  return new PlotArea(
    left + AXIS_WIDTH,
    top,
    width - AXIS_WIDTH - PADDING,
    height - TIMES_HEIGHT - below,
    window.end - window.start,
  );
}

function unitOf({ fieldConfig }: PanelJson): Unit {
  return (fieldConfig?.defaults.unit ?? 'short') as Unit;
}
