import { allocateFrame, FRAME_HEADER_LENGTH, FrameType } from '../protocol/frame';
import { CommandError, resultCodeOf, unsupported } from '../protocol/result-code';
import type { InfoSource } from './info-command';
import { DEFAULT_COMMANDS, INFO_COMMANDS, NOT_SUPPORTED } from './info-commands';
import { parseInfoLine } from './parameters';

export type { InfoSource } from './info-command';

const UNRECOGNIZED = 'ERROR:4:unrecognized command';

/** Answers the body of an info frame: a line for each line, the command repeated before its value. */
export function answerInfo(source: InfoSource, body: Buffer, address: string): Buffer {
  return encode(linesOf(body), line => valueOf(line, source, address));
}

/** The same when every command fails. */
export function refuseInfo(body: Buffer, resultCode: number): Buffer {
  return encode(linesOf(body), () => `ERROR:${resultCode}:injected fault`);
}

/** The names of the commands in the body of an info frame. */
export function infoCommandsIn(body: Buffer): string[] {
  return linesOf(body).map(line => parseInfoLine(line).name);
}

function linesOf(body: Buffer): readonly string[] {
  const lines = body.toString().split('\n').filter(Boolean);
  return lines.length > 0 ? lines : DEFAULT_COMMANDS;
}

function encode(lines: readonly string[], valueOfLine: (line: string) => string): Buffer {
  const text = lines.map(line => `${line}\t${valueOfLine(line)}\n`).join('');
  const frame = allocateFrame(FrameType.INFO, Buffer.byteLength(text));
  frame.write(text, FRAME_HEADER_LENGTH);
  return frame;
}

function valueOf(line: string, source: InfoSource, address: string): string {
  const { name, parameters } = parseInfoLine(line);
  const command = Object.hasOwn(INFO_COMMANDS, name) ? INFO_COMMANDS[name] : undefined;
  try {
    if (NOT_SUPPORTED.has(name)) throw unsupported(`the info command ${name}`);
    return command?.(source, parameters, address) ?? UNRECOGNIZED;
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    return `ERROR:${resultCodeOf(error)}:${error.message}`;
  }
}
