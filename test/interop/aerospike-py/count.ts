import type { Sample } from '@test/support';
import { sharedOf, type Outcome } from '../outcome';
import type { Service } from './service';

export interface Count {
  readonly outcome: Outcome;
  readonly count: number;
}

/** What a service counts while something is done. */
export async function countsOf(service: Service, act: () => Promise<void>): Promise<Count[]> {
  const before = await service.counts();
  await act();
  const after = await service.counts();
  return after.flatMap(({ labels, value }) => {
    const [was] = before.filter(one => isSame(one.labels, labels));
    const count = value - (was?.value ?? 0);
    return count === 0 ? [] : [{ outcome: sharedOf(labels), count }];
  });
}

function isSame(a: Sample['labels'], b: Sample['labels']): boolean {
  const labels = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...labels].every(label => a[label] === b[label]);
}
