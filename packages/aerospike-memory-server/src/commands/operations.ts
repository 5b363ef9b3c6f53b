import { executeModify, executeRead, readCall } from '../cdt';
import { parseExpressionRead, type ExpressionRecord } from '../expressions';
import type { Answer } from '../protocol/answer';
import { Info1, Info2, OpType } from '../protocol/bits';
import type { Message, Operation } from '../protocol/message';
import { ParticleType, type Particle } from '../protocol/particle';
import { particleOf } from '../protocol/particle-value';
import { CommandError, ResultCode, unsupported } from '../protocol/result-code';
import { MAX_BIN_NAME_LENGTH } from '../store/stored-record';
import type { BinDraft } from './bin-draft';
import { concatenate, emptyLike, increment, toStored } from './bin-values';

interface OperationKind {
  /** Needs the write bit. */
  readonly writes: boolean;
  /** Changes what is there, so it makes no sense in a command that replaces the record. */
  readonly modifies: boolean;
  /** Is about the record, not about a bin. */
  readonly binless?: true;
  /** Gives the result that the client is told. */
  readonly run: (
    draft: BinDraft,
    operation: Operation,
    record: ExpressionRecord,
  ) => Particle | undefined;
}

const OPERATIONS: Readonly<Record<number, OperationKind>> = {
  [OpType.READ]: { writes: false, modifies: false, run: (draft, { bin }) => draft.get(bin) },
  [OpType.COLLECTION_READ]: {
    writes: false,
    modifies: false,
    run: (draft, { bin, value }) => {
      const call = readCall(value.bytes);
      const stored = draft.value(bin);
      return stored === undefined ? undefined : particleOf(executeRead(stored, call));
    },
  },
  [OpType.EXPRESSION_READ]: {
    writes: false,
    modifies: false,
    run: (_, { value }, record) => parseExpressionRead(value.bytes).evaluate(record),
  },
  [OpType.WRITE]: {
    writes: true,
    modifies: false,
    run: change((_, { value }) => toStored(value)),
  },
  [OpType.INCREMENT]: {
    writes: true,
    modifies: true,
    run: change((old, { value }) => increment(old, value)),
  },
  [OpType.APPEND]: {
    writes: true,
    modifies: true,
    run: change((old, { value }) => concatenate(old ?? emptyLike(value), value)),
  },
  [OpType.PREPEND]: {
    writes: true,
    modifies: true,
    run: change((old, { value }) => concatenate(value, old ?? emptyLike(value))),
  },
  [OpType.COLLECTION_MODIFY]: {
    writes: true,
    modifies: true,
    run: (draft, { bin, value }) => {
      const { root, result } = executeModify(draft.value(bin), readCall(value.bytes));
      // Before the root is changed again: the result may be a part of it.
      const answer = particleOf(result);
      draft.setValue(bin, root);
      return answer;
    },
  },
  [OpType.TOUCH]: { writes: true, modifies: true, binless: true, run: () => undefined },
  [OpType.DELETE]: {
    writes: true,
    modifies: true,
    binless: true,
    run: draft => {
      draft.clear();
      return undefined;
    },
  },
};

/** Operations that the protocol knows and this server does not. */
const NOT_SUPPORTED: ReadonlySet<number> = new Set([
  OpType.EXPRESSION_WRITE,
  OpType.BITS_READ,
  OpType.BITS_MODIFY,
  OpType.HLL_READ,
  OpType.HLL_MODIFY,
]);

/** What can be said against operations before the record is looked at. */
export function checkBinNames({ operations }: Pick<Message, 'operations'>): void {
  for (const { bin } of operations) {
    if (Buffer.byteLength(bin) > MAX_BIN_NAME_LENGTH || bin.includes('\0')) {
      throw new CommandError(ResultCode.BIN_NAME, `bin name ${bin}`);
    }
  }
}

/** Runs the operations of a command in order; an error leaves the draft to be thrown away. */
export function runOperations(
  message: Message,
  draft: BinDraft,
  record: ExpressionRecord,
  answer: Answer,
  maxRecordSize: number,
): void {
  const answerAll = (message.info2 & Info2.ANSWER_ALL_OPS) !== 0;
  for (const operation of message.operations) {
    const kind = kindOf(operation, message);
    checkSize(kind, operation, maxRecordSize);
    const value = kind.run(draft, operation, record);
    if (!value && !answerAll) continue;
    answer.operations.push({ op: operation.op, bin: operation.bin, value });
  }
}

export function isSupported(op: number): boolean {
  return op in OPERATIONS;
}

/** Whether an operation is about the bins that are there; to write nothing is to remove one of them. */
export function modifiesBins({ op, value }: Operation): boolean {
  const removes = op === OpType.WRITE && value.type === ParticleType.NULL;
  return removes || (OPERATIONS[op]?.modifies ?? false);
}

/** What no record can hold is not decoded either: in memory it would take many times of its bytes. */
function checkSize({ writes }: OperationKind, { value }: Operation, maxRecordSize: number): void {
  if (value.bytes.length <= maxRecordSize) return;
  if (!writes) throw unsupported('arguments of more bytes than a record may have');
  throw new CommandError(ResultCode.RECORD_TOO_BIG, 'the value is too big for a record');
}

function kindOf({ op, bin }: Operation, message: Message): OperationKind {
  const kind = OPERATIONS[op];
  if (!kind) {
    if (NOT_SUPPORTED.has(op)) throw unsupported(`the operation ${nameOf(op)}`);
    throw new CommandError(ResultCode.PARAMETER, `unknown operation ${op}`);
  }
  if (kind.writes && (message.info2 & Info2.WRITE) === 0) {
    throw new CommandError(ResultCode.PARAMETER, `operation ${op} in a command that only reads`);
  }
  if (!kind.writes && (message.info1 & Info1.READ) === 0) {
    throw new CommandError(ResultCode.PARAMETER, `operation ${op} in a command that does not read`);
  }
  if (bin === '' && !kind.binless) throw new CommandError(ResultCode.PARAMETER, 'no bin name');
  return kind;
}

/** An operation as the protocol names it: `HLL_MODIFY`. */
function nameOf(op: number): string {
  const [name = String(op)] = Object.entries(OpType).find(([, value]) => value === op) ?? [];
  return name;
}

function change(
  to: (old: Particle | undefined, operation: Operation) => Particle | undefined,
): OperationKind['run'] {
  return (draft, operation) => {
    draft.set(operation.bin, to(draft.get(operation.bin), operation));
    return undefined;
  };
}
