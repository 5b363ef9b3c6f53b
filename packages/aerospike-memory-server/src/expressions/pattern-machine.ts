import { unsupported } from '../protocol/result-code';
import type { ByteSet, Pattern } from './posix-pattern';

/** Limits of what a pattern may cost: states that it has, and states that are entered for one text. */
const MAX_STATES = 2000;
const MAX_STEPS = 20_000_000;
const NEWLINE = 0x0a;

type State =
  | { readonly kind: 'one of'; readonly bytes: ByteSet; readonly next: number }
  | { readonly kind: 'either'; readonly next: readonly number[] }
  | { readonly kind: 'line start' | 'line end'; readonly next: number }
  | { readonly kind: 'found' };

/**
 * Looks for a pattern in texts, in time that is linear in the text. It is in all states at once in which it can be
 * (Thompson's construction), so there is nothing to go back to.
 */
export class PatternMachine {
  readonly #states: State[] = [{ kind: 'found' }];
  readonly #start: number;
  #parts = 0;

  /** @param newline - whether lines end inside a text too, for the anchors. */
  constructor(
    pattern: Pattern,
    private readonly newline: boolean,
  ) {
    this.#start = this.#add(pattern, 0);
  }

  /** Whether the pattern is somewhere in the text. */
  isIn(text: Buffer): boolean {
    const run = new Run(this.#states, text, this.newline);
    return run.finds(this.#start);
  }

  /** Adds the states of a pattern before the state `next`; gives the first of them. */
  #add(pattern: Pattern, next: number): number {
    // Parts that have no states, such as (){9}{9}{9}, cost time as well.
    if (++this.#parts > MAX_STATES) throw unsupported('a pattern of this size');
    switch (pattern.kind) {
      case 'one of':
        return this.#push({ kind: 'one of', bytes: pattern.bytes, next });
      case 'sequence':
        return pattern.parts.reduceRight((after, part) => this.#add(part, after), next);
      case 'alternatives': {
        const [only, ...others] = pattern.parts.map(part => this.#add(part, next));
        if (only === undefined) return next;
        return others.length === 0 ? only : this.#push({ kind: 'either', next: [only, ...others] });
      }
      case 'repeat':
        return this.#addRepeat(pattern, next);
      default:
        return this.#push({ kind: pattern.kind, next });
    }
  }

  #addRepeat({ part, min, max }: Pattern & { kind: 'repeat' }, next: number): number {
    let first = next;
    if (max === Infinity) first = this.#addLoop(part, next);
    else {
      for (let i = min; i < max; i++) {
        first = this.#push({ kind: 'either', next: [this.#add(part, first), next] });
      }
    }
    for (let i = 0; i < min; i++) first = this.#add(part, first);
    return first;
  }

  #addLoop(part: Pattern, next: number): number {
    const targets = [next];
    const loop = this.#push({ kind: 'either', next: targets });
    targets.push(this.#add(part, loop));
    return loop;
  }

  #push(state: State): number {
    if (this.#states.length > MAX_STATES) throw unsupported('a pattern of this size');
    return this.#states.push(state) - 1;
  }
}

/** The search in one text. */
class Run {
  /** The states that wait for the byte at the position, and those that will wait for the next one. */
  #waiting: number[] = [];
  #next: number[] = [];
  /** Where each state was last entered. */
  readonly #enteredAt: Int32Array;
  readonly #stack: number[] = [];
  #steps = 0;

  constructor(
    private readonly states: readonly State[],
    private readonly text: Buffer,
    private readonly newline: boolean,
  ) {
    this.#enteredAt = new Int32Array(states.length).fill(-1);
  }

  finds(start: number): boolean {
    for (let at = 0; at <= this.text.length; at++) {
      if (at > 0) this.#take(this.text.readUInt8(at - 1));
      this.#stack.push(start);
      if (this.#enter(at)) return true;
      [this.#waiting, this.#next] = [this.#next, this.#waiting];
      this.#next.length = 0;
    }
    return false;
  }

  /** Puts the states on the stack to which a byte leads. */
  #take(byte: number): void {
    for (const id of this.#waiting) {
      const state = this.states[id];
      if (state?.kind === 'one of' && state.bytes[byte] === 1) this.#stack.push(state.next);
    }
  }

  /** Enters the states on the stack, and all that can be entered from them without a byte; is one of them the last? */
  #enter(at: number): boolean {
    for (let id = this.#stack.pop(); id !== undefined; id = this.#stack.pop()) {
      if (this.#enteredAt[id] === at) continue;
      this.#enteredAt[id] = at;
      if (++this.#steps > MAX_STEPS) throw unsupported('a pattern that takes this much work');
      const state = this.states[id];
      if (!state) continue;
      if (state.kind === 'found') return true;
      if (state.kind === 'one of') this.#next.push(id);
      else if (state.kind === 'either') this.#stack.push(...state.next);
      else if (this.#isAt(state.kind, at)) this.#stack.push(state.next);
    }
    return false;
  }

  #isAt(anchor: 'line start' | 'line end', at: number): boolean {
    const { text, newline } = this;
    if (anchor === 'line start') return at === 0 || (newline && text[at - 1] === NEWLINE);
    return at === text.length || (newline && text[at] === NEWLINE);
  }
}
