import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ROOT } from '@test/support';

export const PROMETHEUS_EXAMPLE = join(ROOT, 'examples/prometheus-grafana');

export function readExample(file: string): string {
  return readFileSync(join(PROMETHEUS_EXAMPLE, file), 'utf8');
}

/** A YAML file of the example; anchors and aliases resolved. */
export function readExampleYaml(file: string): unknown {
  return parse(readExample(file));
}
