import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { stringify } from 'yaml';
import { alerts } from './alerts';
import { clientRules } from './client-rules';
import { cookbook } from './cookbook';
import { dashboard } from './dashboard';
import { dashboards, prometheusRule } from './kubernetes';
import { recordingRules } from './recording-rules';
import { HISTOGRAM_KINDS } from './scope';

const EXAMPLE = join(__dirname, '../..');
const KUBERNETES = join(EXAMPLE, '../kubernetes');
const COOKBOOK = join(EXAMPLE, '../../docs/promql.md');

const HEADER = 'Written by `npm run generate -w @example/prometheus-grafana` from its folder src.';

/** Where Grafana finds the dashboard of each kind of histograms. */
const DASHBOARDS = { classic: 'aerospike.json', native: 'aerospike-native.json' } as const;

/** The files that are made from the queries, each with what is to be in it. */
export async function generatedFiles(): Promise<Map<string, string>> {
  const contents = new Map([
    [COOKBOOK, cookbook(readFileSync(COOKBOOK, 'utf8'))],
    [join(EXAMPLE, 'prometheus/rules/client.yml'), yaml(clientRules())],
  ]);
  for (const kind of HISTOGRAM_KINDS) {
    const rules = join(EXAMPLE, 'prometheus/rules', kind);
    contents
      .set(join(rules, 'recording.yml'), yaml(recordingRules(kind)))
      .set(join(rules, 'alerts.yml'), yaml(alerts(kind)))
      .set(join(EXAMPLE, 'grafana/dashboards', DASHBOARDS[kind]), JSON.stringify(dashboard(kind)));
  }
  const files = await formatted(contents);
  const objects = new Map([[join(KUBERNETES, 'dashboards.yaml'), yaml(dashboards(files))]]);
  for (const kind of HISTOGRAM_KINDS) {
    const folder = kind === 'classic' ? KUBERNETES : join(KUBERNETES, kind);
    objects.set(join(folder, 'prometheus-rule.yaml'), yaml(prometheusRule(kind, files)));
  }
  return new Map([...files, ...(await formatted(objects))]);
}

async function formatted(contents: ReadonlyMap<string, string>): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const [filepath, content] of contents) {
    const config = await resolveConfig(filepath);
    files.set(filepath, await format(content, { ...config, filepath }));
  }
  return files;
}

function yaml(content: unknown): string {
  // Long lines are kept: a folded query is hard to read.
  return `# ${HEADER}\n${stringify(content, { lineWidth: 0, aliasDuplicateObjects: false })}`;
}
