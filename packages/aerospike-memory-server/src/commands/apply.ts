import type { Answer } from '../protocol/answer';
import type { Message } from '../protocol/message';
import { unsupported } from '../protocol/result-code';
import { MAX_TTL } from '../store/stored-record';
import type { Store } from '../store/store';
import { DraftRecord } from '../udf/draft-record';
import { commit } from './commit';
import { checkRecord, checkSet } from './conditions';
import { describe, targetOf } from './target';
import { callUdf, udfCallIn } from './udf';

/** Applies a function to a record. What it does to the record is stored when it has returned, and then as a whole. */
export function apply(store: Store, message: Message, answer: Answer): void {
  if (message.operations.length > 0) throw unsupported('a UDF beside operations');
  const target = targetOf(store, message);
  const { namespace, record } = target;
  if (record) describe(record, answer);
  checkSet(target, message);
  if (record) checkRecord(namespace, record, message);
  const draft = new DraftRecord(target);
  if (!callUdf(store, udfCallIn(message.fields), draft, answer)) return;
  const change = DraftRecord.changeOf(draft);
  if (!change || (change.bins.size === 0 && !record)) return;
  commit(target, { ...message, ttl: wireTtl(change.ttl) }, change.bins, answer);
}

/** The wire has negative ttls as unsigned numbers. One that is too large for it is as wrong as any above the limit. */
function wireTtl(ttl: number): number {
  return ttl < 0 ? ttl >>> 0 : Math.min(ttl, MAX_TTL + 1);
}
