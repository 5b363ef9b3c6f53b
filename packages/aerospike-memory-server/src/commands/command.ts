import type { Answer } from '../protocol/answer';
import type { Message } from '../protocol/message';
import type { JobLog } from '../store/job-log';
import type { PartitionSet } from '../store/partition-set';
import type { Store } from '../store/store';

/**
 * What a request is answered with: frames, each with one or more messages. They may be made while they are taken, so
 * that a long answer is never in memory as a whole.
 */
export type AnswerFrames = Iterable<readonly Answer[]>;

/** The kinds of requests; a scan is a query without a range. */
export const COMMAND_NAMES = [
  'read',
  'write',
  'remove',
  'apply',
  'transaction',
  'batch',
  'query',
  'background query',
  'aggregation',
] as const;

export type CommandName = (typeof COMMAND_NAMES)[number];

/** What a node's commands work on: with single records on all there are, with several on the node's own. */
export interface CommandScope {
  readonly store: Store;
  /** Those that the node is the master of. */
  readonly partitions: PartitionSet;
  /** What has run on the node. */
  readonly jobs: JobLog;
}

/** A kind of request: how to recognise it, and what it does. */
export interface Command {
  readonly name: CommandName;
  readonly matches: (message: Message) => boolean;
  /** Answers the request, or throws a CommandError. */
  readonly run: (scope: CommandScope, message: Message) => AnswerFrames;
}

/** A kind of request about one record. */
export interface SingleRecordCommand {
  readonly name: CommandName;
  readonly matches: Command['matches'];
  /** Fills the answer; what stands in it when a CommandError is thrown is sent too, except for operations. */
  readonly run: (store: Store, message: Message, answer: Answer) => void;
}
