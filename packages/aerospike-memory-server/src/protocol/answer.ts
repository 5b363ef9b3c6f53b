import { Info3 } from './bits';
import { allocateFrame, FRAME_HEADER_LENGTH, FrameType } from './frame';
import { MESSAGE_HEADER_LENGTH } from './message';
import { ParticleType, type Particle } from './particle';
import { ResultCode } from './result-code';

const FIELD_PREFIX_LENGTH = 5;
const OP_PREFIX_LENGTH = 8;
/** Bytes after which a long answer goes on in another frame: clients refuse frames that are too long. */
const FRAME_LENGTH = 64 * 1024;

/** One operation of an answer; without a value it says that the operation was done. */
export interface AnswerOperation {
  readonly op: number;
  readonly bin: string;
  readonly value: Particle | undefined;
}

/** One field of an answer: the records of scans and queries have some. */
export interface AnswerField {
  readonly type: number;
  readonly data: Buffer;
}

/** What a command says; filled while it runs, so that an error midway still tells the record's generation. */
export class Answer {
  resultCode: number = ResultCode.OK;
  generation = 0;
  /** Seconds since 2010 when the record expires; 0: never. */
  voidTime = 0;
  info1 = 0;
  info3 = 0;
  /** Position of a batch's row among the rows of the request. */
  rowIndex = 0;
  fields: AnswerField[] = [];
  operations: AnswerOperation[] = [];
}

/** Comes after the answers about several records, to say that they were all. */
export function lastAnswer(): Answer {
  const answer = new Answer();
  answer.info3 = Info3.LAST;
  return answer;
}

/** A frame with these answers laid end to end. */
export function encodeAnswers(answers: readonly Answer[]): Buffer {
  let length = 0;
  for (const answer of answers) length += answerLength(answer);
  const frame = allocateFrame(FrameType.MESSAGE, length);
  let offset = FRAME_HEADER_LENGTH;
  for (const answer of answers) offset = writeAnswer(answer, frame, offset);
  return frame;
}

/** Divides the answers of a command over frames, as they come; none make no frame. */
export function* splitIntoFrames(answers: Iterable<Answer>): Generator<readonly Answer[], void> {
  let frame: Answer[] = [];
  let length = 0;
  for (const answer of answers) {
    frame.push(answer);
    length += answerLength(answer);
    if (length < FRAME_LENGTH) continue;
    yield frame;
    frame = [];
    length = 0;
  }
  if (frame.length > 0) yield frame;
}

function answerLength(answer: Answer): number {
  let length = MESSAGE_HEADER_LENGTH;
  for (const { data } of answer.fields) length += FIELD_PREFIX_LENGTH + data.length;
  for (const { bin, value } of answer.operations) {
    length += OP_PREFIX_LENGTH + Buffer.byteLength(bin) + (value ? value.bytes.length : 0);
  }
  return length;
}

function writeAnswer(answer: Answer, frame: Buffer, start: number): number {
  frame.fill(0, start, start + MESSAGE_HEADER_LENGTH);
  frame[start] = MESSAGE_HEADER_LENGTH;
  frame[start + 1] = answer.info1;
  frame[start + 3] = answer.info3;
  frame[start + 5] = answer.resultCode;
  frame.writeUInt32BE(answer.generation, start + 6);
  frame.writeUInt32BE(answer.voidTime, start + 10);
  frame.writeUInt32BE(answer.rowIndex, start + 14);
  frame.writeUInt16BE(answer.fields.length, start + 18);
  frame.writeUInt16BE(answer.operations.length, start + 20);
  let offset = start + MESSAGE_HEADER_LENGTH;
  for (const field of answer.fields) offset = writeField(field, frame, offset);
  for (const operation of answer.operations) offset = writeOperation(operation, frame, offset);
  return offset;
}

function writeField({ type, data }: AnswerField, frame: Buffer, start: number): number {
  frame.writeUInt32BE(data.length + 1, start);
  frame[start + 4] = type;
  return start + FIELD_PREFIX_LENGTH + data.copy(frame, start + FIELD_PREFIX_LENGTH);
}

function writeOperation(operation: AnswerOperation, frame: Buffer, start: number): number {
  const { op, bin, value } = operation;
  const binLength = frame.write(bin, start + OP_PREFIX_LENGTH, 'utf8');
  let end = start + OP_PREFIX_LENGTH + binLength;
  if (value) end += value.bytes.copy(frame, end);
  frame.writeUInt32BE(end - start - 4, start);
  frame[start + 4] = op;
  frame[start + 5] = value ? value.type : ParticleType.NULL;
  frame[start + 6] = 0;
  frame[start + 7] = binLength;
  return end;
}
