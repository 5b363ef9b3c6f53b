import type { Answer } from '../protocol/answer';
import type { Message } from '../protocol/message';
import type { Store } from '../store/store';

/**
 * What a request is answered with: frames, each with one or more messages. They may be made while they are taken, so
 * that a long answer is never in memory as a whole.
 */
export type AnswerFrames = Iterable<readonly Answer[]>;

/** A kind of request: how to recognise it, and what it does. */
export interface Command {
  readonly name: string;
  readonly matches: (message: Message) => boolean;
  /** Answers the request, or throws a CommandError. */
  readonly run: (store: Store, message: Message) => AnswerFrames;
}

/** Fills the answer of a command about one record; what stands in it when a CommandError is thrown is sent too. */
export type SingleRecordRun = (store: Store, message: Message, answer: Answer) => void;
