import type { MetricSource } from '../series/metric-source';
import { PACKAGE_NAME, PACKAGE_VERSION } from '../version';
import type { Family } from './family';

const SCOPE = { name: PACKAGE_NAME, version: PACKAGE_VERSION };

/** This package's metrics, straight from where they are added up. */
export function* ownFamilies(source: MetricSource): Generator<Family, void> {
  for (const [{ prometheusName, description, unit }, { points }] of source.histograms) {
    yield { type: 'histogram', name: prometheusName, description, unit, scope: SCOPE, points };
  }
  for (const [{ prometheusName, description, unit, kind }, points] of source.numbers()) {
    const type = kind === 'observableUpDownCounter' ? 'gauge' : 'counter';
    yield { type, name: prometheusName, description, unit, scope: SCOPE, points };
  }
}
