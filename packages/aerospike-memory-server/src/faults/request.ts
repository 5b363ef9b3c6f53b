import { commandNameOf, refuseMessage, type CommandName } from '../commands';
import { infoCommandsIn, refuseInfo } from '../info';
import { decodeBatch } from '../protocol/batch';
import { FieldType } from '../protocol/bits';
import { FrameType, type Frame } from '../protocol/frame';
import { decodeMessage, type Fields, type Message } from '../protocol/message';
import type { FaultMatch } from './fault';

/** What faults are chosen by. */
export interface Request {
  /** The node that it was sent to. */
  readonly node: string;
  readonly command: CommandName | 'info';
  /** The names of its info commands. */
  readonly info: readonly string[];
  /** What it is about: a batch has several, an info command none. */
  readonly places: readonly Place[];
  readonly refuse: (resultCode: number) => Buffer;
}

interface Place {
  readonly namespace: string;
  readonly set: string;
}

/** undefined for what no fault is about: logins, and what is malformed. */
export function requestOf({ type, body }: Frame, node: string): Request | undefined {
  if (type === FrameType.INFO) {
    const refuse = (resultCode: number): Buffer => refuseInfo(body, resultCode);
    return { node, command: 'info', info: infoCommandsIn(body), places: [], refuse };
  }
  try {
    return type === FrameType.MESSAGE ? messageRequest(decodeMessage(body), node) : undefined;
  } catch {
    // Whoever answers it says what is wrong.
    return undefined;
  }
}

function messageRequest(message: Message, node: string): Request | undefined {
  const command = commandNameOf(message);
  if (!command) return undefined;
  const messages =
    command === 'batch' ? decodeBatch(message).rows.map(row => row.message) : [message];
  const places = messages.map(({ fields }) => placeOf(fields));
  return { node, command, info: [], places, refuse: code => refuseMessage(command, code) };
}

function placeOf(fields: Fields): Place {
  const text = (type: number): string => fields.get(type)?.toString() ?? '';
  return { namespace: text(FieldType.NAMESPACE), set: text(FieldType.SET) };
}

export function isAbout(match: FaultMatch, request: Request): boolean {
  const { command, namespace, set, node, info } = match;
  const isThere = node === undefined || node === request.node;
  const isCommand =
    command === undefined ? request.command !== 'info' : request.command === command;
  const isInfo = info === undefined || request.info.includes(info);
  const isAnywhere = namespace === undefined && set === undefined;
  const isPlace = (place: Place): boolean =>
    (namespace ?? place.namespace) === place.namespace && (set ?? place.set) === place.set;
  return isThere && isCommand && isInfo && (isAnywhere || request.places.some(isPlace));
}
