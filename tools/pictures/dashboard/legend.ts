import { element, text } from '../../drawing/svg';
import { colorOf } from './theme';

const LINE_HEIGHT = 16;
const KEY_WIDTH = 14;
const GAP = 14;
/** Of the widest of the usual fonts at this size, so that no label is cut off or runs into the next. */
const LETTER_WIDTH = 6.8;

interface Place {
  readonly label: string;
  readonly index: number;
  readonly x: number;
  readonly row: number;
}

/** The names of a graph's lines, beside each other where there is room. */
export class Legend {
  private readonly places: readonly Place[];

  constructor(labels: readonly string[], width: number) {
    let [x, row] = [0, 0];
    this.places = labels.map((label, index) => {
      const needed = KEY_WIDTH + label.length * LETTER_WIDTH;
      if (x > 0 && x + needed > width) [x, row] = [0, row + 1];
      const place = { label, index, x, row };
      x += needed + GAP;
      return place;
    });
  }

  get height(): number {
    return ((this.places.at(-1)?.row ?? -1) + 1) * LINE_HEIGHT;
  }

  /** @param left with `top`, the corner that it begins at */
  draw(left: number, top: number): string[] {
    return this.places.flatMap(({ label, index, x, row }) => {
      const y = top + row * LINE_HEIGHT + 8;
      return [
        element('path', {
          class: `key ${colorOf(index)}`,
          d: `M${Math.round(left + x)} ${y}h${KEY_WIDTH - 5}`,
        }),
        text({ class: 'legend', x: Math.round(left + x + KEY_WIDTH), y: y + 4 }, label),
      ];
    });
  }
}
