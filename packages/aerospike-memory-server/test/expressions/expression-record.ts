import type { ExpressionRecord } from '../../src/expressions';
import { Bytes, type Value } from '../../src/protocol/msgpack';
import { ParticleType } from '../../src/protocol/particle';
import { particleOf } from '../../src/protocol/particle-value';

export const hex = (bytes: string): Buffer => Buffer.from(bytes.replaceAll(' ', ''), 'hex');

export const text = (value: string): Bytes => new Bytes(ParticleType.STRING, Buffer.from(value));

/** 2026-01-01T00:00:00Z */
export const NOW = 1_767_225_600_000;

/** A record with these bins, written a minute ago. */
export function recordWith(
  bins: Readonly<Record<string, Value>>,
  metadata: Partial<ExpressionRecord> = {},
): ExpressionRecord {
  return {
    bin: name => particleOf(bins[name]),
    set: 'people',
    digest: Buffer.from('00112233445566778899aabbccddeeff07000000', 'hex'),
    userKey: undefined,
    voidTime: 0,
    lastUpdate: NOW - 60_000,
    now: NOW,
    ...metadata,
  };
}
