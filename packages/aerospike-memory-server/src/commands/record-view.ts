import { parseExpression, type Expression, type ExpressionRecord } from '../expressions';
import { FieldType } from '../protocol/bits';
import type { Message } from '../protocol/message';
import type { Particle } from '../protocol/particle';
import type { Namespace } from '../store/namespace';
import type { Bins, StoredRecord } from '../store/stored-record';

/** What of a record is known beside its bins. */
export type RecordMetadata = Omit<StoredRecord, 'bins'>;

/** A record as expressions see it, with the bins as they are at this moment of the command. */
export class RecordView implements ExpressionRecord {
  constructor(
    private readonly namespace: Namespace,
    private readonly metadata: RecordMetadata,
    /** The record, or the draft of what it is about to become. */
    private readonly source: { readonly bins: Bins },
  ) {}

  bin(name: string): Particle | undefined {
    return this.source.bins.get(name);
  }

  get set(): string {
    return this.metadata.set;
  }

  get digest(): Buffer {
    return this.metadata.digest;
  }

  get userKey(): Buffer | undefined {
    return this.metadata.userKey;
  }

  get voidTime(): number {
    return this.metadata.voidTime;
  }

  get lastUpdate(): number {
    return this.metadata.lastUpdate;
  }

  get now(): number {
    return this.namespace.clock.nowMs();
  }
}

/** The filter expression of a request, if it has one. */
export function filterOf(message: Message): Expression | undefined {
  const filter = message.fields.get(FieldType.FILTER_EXPRESSION);
  return filter && parseExpression(filter);
}

export function passes(
  filter: Expression | undefined,
  namespace: Namespace,
  record: StoredRecord,
): boolean {
  return !filter || filter.test(new RecordView(namespace, record, record));
}
