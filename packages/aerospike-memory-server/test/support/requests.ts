import { createHash } from 'node:crypto';

/** What goes into a request; everything left out is 0 or absent. */
export interface RequestParts {
  readonly info1?: number;
  readonly info2?: number;
  readonly info3?: number;
  readonly info4?: number;
  readonly generation?: number;
  readonly ttl?: number;
  readonly fields?: readonly (readonly [type: number, data: Buffer | string])[];
  readonly operations?: readonly (readonly [
    op: number,
    particle: number,
    bin: string,
    value?: Buffer,
  ])[];
}

export function frame(type: number, body: Buffer): Buffer {
  const header = Buffer.from([2, type, 0, 0, 0, 0, 0, 0]);
  header.writeUIntBE(body.length, 2, 6);
  return Buffer.concat([header, body]);
}

export function info(text: string): Buffer {
  return frame(1, Buffer.from(text));
}

export function message(parts: RequestParts): Buffer {
  const { info1 = 0, info2 = 0, info3 = 0, info4 = 0, generation = 0, ttl = 0 } = parts;
  const { fields = [], operations = [] } = parts;
  const header = Buffer.alloc(22);
  header.set([22, info1, info2, info3, info4]);
  header.writeUInt32BE(generation, 6);
  header.writeUInt32BE(ttl, 10);
  header.writeUInt16BE(fields.length, 18);
  header.writeUInt16BE(operations.length, 20);
  return frame(
    3,
    Buffer.concat([
      header,
      ...fields.map(([type, data]) => item(Buffer.from([type]), Buffer.from(data as Buffer))),
      ...operations.map(([op, particle, bin, value = Buffer.alloc(0)]) => {
        const name = Buffer.from(bin);
        return item(Buffer.concat([Buffer.from([op, particle, 0, name.length]), name]), value);
      }),
    ]),
  );
}

/** The fields of a key, with a digest that only needs to be different for every name. */
export function key(name: string, set = 'set', namespace = 'test'): [number, Buffer | string][] {
  const digest = createHash('sha1').update(`${set}\0${name}`).digest();
  return [
    [0, namespace],
    [1, set],
    [4, digest],
  ];
}

export function integer(value: number | bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(BigInt(value));
  return bytes;
}

export function put(name: string, value: number): Buffer {
  return message({ info2: 1, fields: key(name), operations: [[2, 1, 'i', integer(value)]] });
}

export function get(name: string, set = 'set'): Buffer {
  return message({ info1: 3, fields: key(name, set) });
}

/** Field 11 of a query of everything. */
export const ALL_PARTITIONS = Buffer.from(Uint16Array.from({ length: 4096 }, (_, id) => id).buffer);

/** A scan of a whole set. */
export function scanOf(set: string, namespace = 'test'): Buffer {
  const fields = [
    [0, namespace],
    [1, set],
    [11, ALL_PARTITIONS],
  ] as const;
  return message({ info1: 1, info3: 4, fields });
}

export function apply(name: string, module: string, functionName: string): Buffer {
  const noArguments = Buffer.of(0x90);
  const call = [
    [30, module],
    [31, functionName],
    [32, noArguments],
  ] as const;
  return message({ info2: 1, fields: [...key(name), ...call] });
}

export function resultCodeOf(answer: Buffer): number {
  return answer.readUInt8(13);
}

export function generationOf(answer: Buffer): number {
  return answer.readUInt32BE(14);
}

function item(head: Buffer, data: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(head.length + data.length);
  return Buffer.concat([length, head, data]);
}
