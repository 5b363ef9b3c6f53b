import type { MetricStorage } from '../series/metric-storage';
import { PACKAGE_NAME, PACKAGE_VERSION } from '../version';
import type { Family } from './family';

const SCOPE = { name: PACKAGE_NAME, version: PACKAGE_VERSION };

/** This package's metrics, straight from where they are added up. */
export function* ownFamilies(storage: MetricStorage): Generator<Family, void> {
  for (const [{ prometheusName, description, unit }, { points }] of storage.histograms) {
    yield { type: 'histogram', name: prometheusName, description, unit, scope: SCOPE, points };
  }
}
