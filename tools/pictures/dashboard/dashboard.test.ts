import assert from 'node:assert/strict';
import { linearTicks } from './axes';
import { drawGraph } from './graph';
import { drawHeatmap } from './heatmap';
import { Legend } from './legend';
import { PlotArea } from './plot-area';
import { format, formatFor } from './units';

const SECONDS = 20;
const area = new PlotArea(100, 0, 200, 100, SECONDS);

describe('a panel of the dashboard', () => {
  it('has round ticks, the last of them above every value', () => {
    assert.deepEqual(linearTicks(0.0137, 4), [0, 0.005, 0.01, 0.015]);
    assert.deepEqual(linearTicks(0, 4), [0, 1]);
  });

  it('writes the values of an axis alike, and each with its unit', () => {
    assert.deepEqual([0, 0.0005, 0.002].map(formatFor('s', 0.002)), ['0', '0.5 ms', '2 ms']);
    assert.equal(format('s', 0.000_25), '250 µs');
    assert.equal(format('ops', 12_345), '12.3 kops/s');
    assert.equal(format('percentunit', 0.098), '9.8 %');
    assert.equal(format('s', NaN), '–');
  });

  it('draws values where they are, and interrupts the line where there is none', () => {
    const points = [0, NaN, 1, 0.5].map((value, index) => ({ time: 5 * index, value }));
    const line = drawGraph([{ legend: 'one', points }], 'short', area).at(-1) ?? '';
    assert.match(line, / d="M100 100M200 0L250 50"/);
  });

  it('says so when there is nothing to draw', () => {
    assert.match(drawGraph([], 'short', area).at(-1) ?? '', />No data</);
    assert.match(drawHeatmap([], { unit: 'ops', step: 1 }, area).at(-1) ?? '', />No data</);
  });

  it('shades the cells of a heatmap by what is in them', () => {
    const cell = { time: 1, from: 0.001, to: 0.002 };
    const cells = [
      { ...cell, value: 1 },
      { ...cell, time: 2, value: 100 },
    ];
    const shades = drawHeatmap(cells, { unit: 'ops', step: 1 }, area).filter(drawn =>
      /^<path class="heat".* d="M/.test(drawn),
    );
    assert.deepEqual(
      shades.map(shade => /fill-opacity="([^"]*)"/.exec(shade)?.[1]),
      ['0.13', '1.00'],
    );
  });

  it('begins another row of its legend where a name has no room', () => {
    const names = ['FilteredOut', 'GenerationError', 'KeyNotFoundError'];
    const [wide, narrow] = [500, 250].map(width => new Legend(names, width).height);
    assert.ok(wide !== undefined && narrow !== undefined && narrow > wide);
    const ends = Array.from(
      new Legend(names, 250)
        .draw(0, 0)
        .join('')
        .matchAll(/<text class="legend" x="(\d+)"/g),
      ([, x]) => Number(x),
    );
    assert.ok(ends.every(x => x < 250));
  });
});
