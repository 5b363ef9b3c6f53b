import type { Sample } from '@test/support';

/** The labels that both have, without those that are the same for all. */
export const SHARED_LABELS = [
  'db_operation_name',
  'db_namespace',
  'db_collection_name',
  'error_type',
] as const;

export type SharedLabel = (typeof SHARED_LABELS)[number];

/** What a call was counted as: the shared labels that are not empty. */
export type Outcome = Readonly<Partial<Record<SharedLabel, string>>>;

/** The shared labels of a series. */
export function sharedOf(labels: Sample['labels']): Outcome {
  const present = SHARED_LABELS.filter(label => labels[label]);
  return Object.fromEntries(present.map(label => [label, labels[label]]));
}

/** Sums of counts by what is counted. */
export function totals(counts: readonly (readonly [outcome: Outcome, count: number])[]): object {
  const sums: Record<string, number> = {};
  for (const [outcome, count] of counts) {
    const key = Object.entries(outcome).flat().join(' ');
    sums[key] = (sums[key] ?? 0) + count;
  }
  return sums;
}
