import type { Answer } from '../protocol/answer';
import type { Message } from '../protocol/message';
import type { Store } from '../store/store';

/** A kind of request: how to recognise it, and what it does. */
export interface Command {
  readonly name: string;
  readonly matches: (message: Message) => boolean;
  /** Fills the answer, or throws a CommandError. */
  readonly run: (store: Store, message: Message, answer: Answer) => void;
}
