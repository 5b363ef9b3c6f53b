import { element, rounded, text } from '../../drawing/svg';

/** Where the values of a panel are drawn, with its axes. In units of the picture. */
export class PlotArea {
  constructor(
    readonly left: number,
    readonly top: number,
    readonly width: number,
    readonly height: number,
    /** The time that is shown, in seconds. */
    private readonly seconds: number,
  ) {}

  get bottom(): number {
    return this.top + this.height;
  }

  x(time: number): number {
    return this.left + (time / this.seconds) * this.width;
  }

  /** @param share of the height, from the bottom */
  y(share: number): number {
    return this.bottom - share * this.height;
  }

  /** The horizontal lines, each with its label, and the times below. */
  drawAxes(ticks: readonly { readonly share: number; readonly label: string }[]): string[] {
    const horizontal = ticks.flatMap(({ share, label }) => [
      element('path', {
        class: 'grid',
        d: `M${rounded(this.left)} ${rounded(this.y(share))}h${rounded(this.width)}`,
      }),
      text({ x: this.left - 6, y: this.y(share) + 4, 'text-anchor': 'end' }, label),
    ]);
    const times = Array.from({ length: Math.floor(this.seconds / 10) + 1 }, (_, index) =>
      text(
        { x: this.x(10 * index), y: this.bottom + 15, 'text-anchor': 'middle' },
        `${10 * index} s`,
      ),
    );
    return [...horizontal, ...times];
  }

  drawNothing(): string {
    const middle = { x: this.left + this.width / 2, y: this.top + this.height / 2 };
    return text({ ...middle, 'text-anchor': 'middle' }, 'No data');
  }
}
