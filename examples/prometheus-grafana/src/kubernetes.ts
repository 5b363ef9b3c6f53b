import { basename, dirname } from 'node:path';
import { parse } from 'yaml';
import type { HistogramKind } from './scope';

/** Files by their path, and what is in them. */
type Files = ReadonlyMap<string, string>;

/** A rule file, as far as it is looked at. */
interface RuleFile {
  readonly groups: readonly unknown[];
}

/** The rule files for a kind of histograms as one object for the Prometheus Operator. */
export const prometheusRule = (kind: HistogramKind, files: Files) => ({
  apiVersion: 'monitoring.coreos.com/v1',
  kind: 'PrometheusRule',
  metadata: {
    name: 'aerospike-client',
    // Those of ruleSelector in the Operator's Prometheus.
    labels: { release: 'prometheus' },
  },
  spec: {
    groups: [
      ...within('prometheus/rules', files),
      ...within(`prometheus/rules/${kind}`, files),
    ].flatMap(([, text]) => (parse(text) as RuleFile).groups),
  },
});

/** All dashboards as one object, which the sidecar of Grafana's Helm chart finds by its label. */
export const dashboards = (files: Files) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: {
    name: 'aerospike-client-dashboards',
    labels: { grafana_dashboard: '1' },
  },
  data: Object.fromEntries(within('grafana/dashboards', files)),
});

function within(folder: string, files: Files): [name: string, content: string][] {
  return [...files]
    .filter(([path]) => dirname(path).endsWith(`/${folder}`))
    .map(([path, content]) => [basename(path), content]);
}
