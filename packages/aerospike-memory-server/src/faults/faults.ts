import type { Answerer } from '../network/listener';
import type { Step } from '../network/step';
import type { Fault } from './fault';
import { isAbout, requestOf, type Request } from './request';

interface ActiveFault {
  readonly fault: Fault;
  /** How many more commands it strikes. */
  left: number;
}

/** What is to go wrong with which commands. */
export class Faults {
  #active: ActiveFault[] = [];

  add(fault: Fault): void {
    this.#active.push({ fault, left: fault.times ?? Infinity });
  }

  clear(): void {
    this.#active = [];
  }

  /** Answers as the given function of a node does, except where a fault strikes. */
  intercept(answer: Answerer, node: string): Answerer {
    return (frame, address) => {
      // Nearly always there are none, and then requests need not be looked at.
      const request = this.#active.length === 0 ? undefined : requestOf(frame, node);
      const fault = request && this.#take(request);
      return fault ? strike(fault, request, () => answer(frame, address)) : answer(frame, address);
    };
  }

  /** The first that is about the request, counted as used. */
  #take(request: Request): Fault | undefined {
    const active = this.#active.find(({ fault }) => isAbout(fault.match ?? {}, request));
    if (active && --active.left === 0) this.#active = this.#active.filter(each => each !== active);
    return active?.fault;
  }
}

function strike(
  { latencyMs, resultCode, drop }: Fault,
  request: Request,
  answer: () => Iterable<Step>,
): Iterable<Step> {
  if (latencyMs !== undefined) return later(latencyMs, answer);
  if (resultCode !== undefined) return [request.refuse(resultCode)];
  if (drop === 'half') return firstHalf(answer());
  return [drop ? 'close' : 'stall'];
}

function* later(waitMs: number, answer: () => Iterable<Step>): Generator<Step, void> {
  yield { waitMs };
  yield* answer();
}

function* firstHalf(answer: Iterable<Step>): Generator<Step, void> {
  for (const step of answer) {
    if (Buffer.isBuffer(step)) yield step.subarray(0, step.length / 2);
    yield 'close';
    return;
  }
}
