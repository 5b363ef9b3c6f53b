import { allocateFrame, FRAME_HEADER_LENGTH, FrameType } from '../protocol/frame';
import { DEFAULT_COMMANDS, INFO_COMMANDS, type InfoSource } from './commands';

export type { InfoSource } from './commands';

const UNRECOGNIZED = 'ERROR:4:unrecognized command';

/** Answers the body of an info frame: a line for each line, the command repeated before its value. */
export function answerInfo(source: InfoSource, body: Buffer, address: string): Buffer {
  const lines = body.toString().split('\n').filter(Boolean);
  const commands = lines.length > 0 ? lines : DEFAULT_COMMANDS;
  const text = commands.map(line => `${line}\t${valueOf(line, source, address)}\n`).join('');
  const frame = allocateFrame(FrameType.INFO, Buffer.byteLength(text));
  frame.write(text, FRAME_HEADER_LENGTH);
  return frame;
}

function valueOf(line: string, source: InfoSource, address: string): string {
  // Parameters follow the name after a colon, or after a slash in the older ones.
  const name = /^[^:/]*/.exec(line)?.[0] ?? line;
  const command = Object.hasOwn(INFO_COMMANDS, name) ? INFO_COMMANDS[name] : undefined;
  return command ? command(source, address) : UNRECOGNIZED;
}
