import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { partitionsByOwner } from '../../src/cluster/partition-owners';

export const CLIENT_VERSIONS = ['6.7.1', '5.13.2'] as const;
export type ClientVersion = (typeof CLIENT_VERSIONS)[number];

/** A frame that was recorded. */
export interface RecordedMessage {
  readonly dir: 'request' | 'response';
  readonly frame: Buffer;
}

/** One call of the application, and what went over the wire. */
export interface RecordedStep {
  readonly step: string;
  readonly call: string;
  readonly messages: readonly RecordedMessage[];
}

interface StoredMessage {
  readonly dir: 'request' | 'response';
  readonly injected?: true;
  readonly hex?: string;
  readonly type?: number;
  readonly sha256?: string;
  readonly structure?: readonly MessageStructure[];
}

/** One message, or several that say of a partition each that it is not there. */
type MessageStructure =
  OneMessage | { readonly headerHexOfFirst: string; readonly partitionDone: string };

interface OneMessage {
  readonly headerHex: string;
  readonly fields: readonly (Content & { type: number })[];
  readonly ops: readonly (Content & { op: number; particle: number; bin: string })[];
}

interface Content {
  readonly length: number;
  readonly hex?: string;
  readonly fillHex?: string;
  readonly pidRanges?: string;
}

export function recordedSteps(version: ClientVersion): RecordedStep[] {
  const steps = read(`exchanges-${version}.json`) as {
    step: string;
    call: string;
    messages: StoredMessage[];
  }[];
  return steps.map(({ step, call, messages }) => ({
    step,
    call,
    messages: messages
      .filter(({ injected }) => !injected)
      .map(message => ({ dir: message.dir, frame: frameOf(message) })),
  }));
}

/** A frame that went to one of several nodes, or came from it. */
export interface RecordedClusterMessage extends RecordedMessage {
  readonly node: NodeName;
  /** The connection. */
  readonly conn: number;
}

export interface RecordedClusterStep extends RecordedStep {
  readonly messages: readonly RecordedClusterMessage[];
}

export const NODE_NAMES = ['A1', 'B1', 'C1'] as const;
export type NodeName = (typeof NODE_NAMES)[number];

/** Those of each node; the recordings name them by the node. */
const RECORDED_PARTITIONS = partitionsByOwner(NODE_NAMES);

/** What was recorded with three nodes. */
export function recordedClusterSteps(version: ClientVersion): RecordedClusterStep[] {
  const steps = read(`cluster-${version}.json`) as {
    step: string;
    call: string;
    messages: (StoredMessage & { node: NodeName; conn: number })[];
  }[];
  return steps.map(({ step, call, messages }) => ({
    step,
    call,
    messages: messages.map(message => ({
      dir: message.dir,
      node: message.node,
      conn: message.conn,
      frame: frameOf(message),
    })),
  }));
}

export interface RecordedHandshake {
  readonly variant: string;
  readonly request: Buffer;
  readonly response: Buffer;
}

export function recordedHandshakes(version: ClientVersion): RecordedHandshake[] {
  const exchanges = read(`handshake-${version}.json`) as Record<
    'variant' | 'request' | 'response',
    string
  >[];
  return exchanges.map(({ variant, request, response }) => ({
    variant,
    request: Buffer.from(request, 'hex'),
    response: Buffer.from(response, 'hex'),
  }));
}

function read(file: string): unknown {
  const path = join(__dirname, '../../../test/fixtures', file);
  return JSON.parse(readFileSync(path, 'utf8'));
}

function frameOf({ hex, structure, type = 0, sha256 }: StoredMessage): Buffer {
  if (!structure) return Buffer.from(withPartitions(hex ?? ''), 'hex');
  const body = Buffer.concat(structure.map(rebuild));
  const header = Buffer.from([2, type, 0, 0, 0, 0, 0, 0]);
  header.writeUIntBE(body.length, 2, 6);
  const frame = Buffer.concat([header, body]);
  assert.equal(createHash('sha256').update(frame).digest('hex'), sha256, 'the frame as recorded');
  return frame;
}

/** Puts the ids of all partitions of a node, or of all but some, in the place of what stands for them. */
function withPartitions(hex: string): string {
  return hex.replace(/\{(\w+)(?: without ([\d ]+))?\}/, (_, name: string, list = '') => {
    const without = new Set((list as string).split(' ').map(Number));
    const ids = RECORDED_PARTITIONS.get(name)?.ids.filter(id => !list || !without.has(id)) ?? [];
    return encodeIds(ids).toString('hex');
  });
}

function rebuild(structure: MessageStructure): Buffer {
  if ('headerHex' in structure) return rebuildOne(structure);
  return Buffer.concat(
    rangesIn(structure.partitionDone).map(id => {
      const message = Buffer.from(structure.headerHexOfFirst, 'hex');
      message.writeUInt32BE(id, 6);
      return message;
    }),
  );
}

function rebuildOne({ headerHex, fields, ops }: OneMessage): Buffer {
  return Buffer.concat([
    Buffer.from(headerHex, 'hex'),
    ...fields.map(field => item(Buffer.from([field.type]), contentOf(field))),
    ...ops.map(op => {
      const bin = Buffer.from(op.bin);
      const head = Buffer.from([op.op, op.particle, 0, bin.length]);
      return item(Buffer.concat([head, bin]), contentOf(op));
    }),
  ]);
}

function item(head: Buffer, content: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(head.length + content.length);
  return Buffer.concat([length, head, content]);
}

function contentOf({ length, hex, fillHex, pidRanges }: Content): Buffer {
  if (hex !== undefined) return Buffer.from(hex, 'hex');
  if (fillHex !== undefined) return Buffer.alloc(length, fillHex, 'hex');
  return encodeIds(rangesIn(pidRanges ?? ''));
}

function rangesIn(text: string): number[] {
  return text.split(',').flatMap(range => {
    const [first = 0, last = first] = range.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, i) => first + i);
  });
}

function encodeIds(ids: readonly number[]): Buffer {
  const bytes = Buffer.alloc(ids.length * 2);
  ids.forEach((id, i) => bytes.writeUInt16LE(id, i * 2));
  return bytes;
}
