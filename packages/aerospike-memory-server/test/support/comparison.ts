import { FieldType, Info1, Info3 } from '../../src/protocol/bits';
import { decodeMessage, type Message } from '../../src/protocol/message';
import { ParticleType } from '../../src/protocol/particle';
import { messageStarts } from './answers';

const FRAME_HEADER_LENGTH = 8;
const MESSAGE_HEADER_LENGTH = 22;
const MESSAGE = 3;
const ANY_VOID_TIME = 0xffffffff;

/** What of the state of a job or an index depends on time or memory, and not on what was done. */
const VOLATILE =
  /^(run-time|time-since-done|recs-throttled|from|net-io-bytes|socket-timeout|(ops|udf)-active|used_bytes|entries_per_\w+|load_time)=/;

/** An answer in a form that is equal when the real server and this one say the same. */
export function comparable(request: Buffer, answer: readonly Buffer[]): string[] {
  if (isQuery(request)) return recordsIn(answer, decode(request));
  if (/^(query-show:|sindex\/)/.test(textOf(request))) return answer.map(facts);
  return answer.map(frame => masked(frame, messageStarts(frame)).toString('hex'));
}

/** A scan or a query: any number of frames, with the records in any order. */
export function isQuery(request: Buffer): boolean {
  if (request[1] !== MESSAGE) return false;
  const { info1, fields } = decode(request);
  return (info1 & Info1.BATCH) === 0 && !fields.has(FieldType.DIGEST);
}

/** Whether a job had not ended yet, so that there is nothing to compare: here jobs end at once. */
export function isAboutRunningJob(answer: readonly Buffer[]): boolean {
  return answer.some(frame => textOf(frame).includes(':status=active'));
}

/** How many answers to queries end in this frame: with the mark of the last message, or with an error of all. */
export function endsIn(frame: Buffer): number {
  const isEnd = (start: number): boolean => {
    const info3 = frame.readUInt8(start + 3);
    const isError = frame.readUInt8(start + 5) !== 0 && (info3 & Info3.PARTITION_DONE) === 0;
    return (info3 & Info3.LAST) !== 0 || isError;
  };
  return messageStarts(frame).filter(isEnd).length;
}

function recordsIn(answer: readonly Buffer[], { fields }: Message): string[] {
  const messages = answer.flatMap(messagesIn);
  // Which records make up the number asked for is the server's choice.
  if (fields.has(FieldType.MAX_RECORDS))
    return messages.map(message => message.toString('hex', 0, 5));
  const hasOpaqueKeys =
    fields.get(FieldType.INDEX_RANGE)?.includes(ParticleType.STRING, 2) ?? false;
  return messages
    .map(message => (hasOpaqueKeys ? withoutKey(message) : message))
    .map(message => masked(message, [0]).toString('hex'))
    .sort();
}

function messagesIn(frame: Buffer): Buffer[] {
  const starts = messageStarts(frame);
  return starts.map((start, i) => frame.subarray(start, starts[i + 1]));
}

/** How a string is hashed is the server's choice, too. */
function withoutKey(message: Buffer): Buffer {
  const copy = Buffer.from(message);
  let offset = MESSAGE_HEADER_LENGTH;
  for (let field = 0; field < message.readUInt16BE(18); field++) {
    const end = offset + 4 + message.readUInt32BE(offset);
    if (message[offset + 4] === FieldType.INDEX_VALUE) copy.fill(0, offset + 5, end);
    offset = end;
  }
  return copy;
}

/** Void times depend on the moment, so all that is compared is whether there is one. Nothing else is masked. */
function masked(bytes: Buffer, starts: readonly number[]): Buffer {
  const copy = Buffer.from(bytes);
  for (const start of starts) {
    if (copy.readUInt32BE(start + 10) !== 0) copy.writeUInt32BE(ANY_VOID_TIME, start + 10);
  }
  return copy;
}

/** What is told about a job that has ended, or about an index. */
function facts(frame: Buffer): string {
  const [head = '', ...rest] = textOf(frame)
    .trimEnd()
    .split(/[\t:;]/);
  return [head, ...rest.filter(fact => !VOLATILE.test(fact))].join('\n');
}

function textOf(frame: Buffer): string {
  return frame[1] === MESSAGE ? '' : frame.toString('utf8', FRAME_HEADER_LENGTH);
}

function decode(request: Buffer): Message {
  return decodeMessage(request.subarray(FRAME_HEADER_LENGTH));
}
