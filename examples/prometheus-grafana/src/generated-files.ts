import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { stringify } from 'yaml';
import { alerts } from './alerts';
import { cookbook } from './cookbook';
import { dashboard } from './dashboard';
import { recordingRules } from './recording-rules';

const EXAMPLE = join(__dirname, '../..');
const COOKBOOK = join(EXAMPLE, '../../docs/promql.md');

const HEADER = 'Written by `npm run generate -w @example/prometheus-grafana` from its folder src.';

/** The files that are made from the queries, each with what is to be in it. */
export async function generatedFiles(): Promise<Map<string, string>> {
  const contents = new Map([
    [join(EXAMPLE, 'prometheus/rules/recording.yml'), yaml(recordingRules())],
    [join(EXAMPLE, 'prometheus/rules/alerts.yml'), yaml(alerts())],
    [join(EXAMPLE, 'grafana/dashboards/aerospike.json'), JSON.stringify(dashboard())],
    [COOKBOOK, cookbook(readFileSync(COOKBOOK, 'utf8'))],
  ]);
  for (const [filepath, content] of contents) {
    const config = await resolveConfig(filepath);
    contents.set(filepath, await format(content, { ...config, filepath }));
  }
  return contents;
}

function yaml(content: unknown): string {
  // Long lines are kept: a folded query is hard to read.
  return `# ${HEADER}\n${stringify(content, { lineWidth: 0 })}`;
}
