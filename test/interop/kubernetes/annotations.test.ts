import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { eventually } from '@test/support';
import { RELEASES } from '@test/support/build/prometheus-releases';
import { PrometheusServer } from '@test/support/build/prometheus-server';
import { KUBERNETES, readDeployment } from './manifests';

interface Config {
  readonly scrape_configs: readonly [
    {
      readonly kubernetes_sd_configs: readonly object[];
      readonly relabel_configs: readonly object[];
    },
  ];
}

const CONFIG = parse(
  readFileSync(join(KUBERNETES, 'annotations/prometheus.yml'), 'utf8'),
) as Config;

const POD = readDeployment('deployment.yaml').spec.template;

/** What Prometheus finds in a cluster: a target for each port of a pod, with what it knows of the pod. */
function targetsOf(pod: string, annotations: Readonly<Record<string, string>> = {}): object[] {
  const [{ ports = [] }] = POD.spec.containers;
  const known = {
    namespace: 'shop',
    pod_name: pod,
    ...prefixed('pod_annotation_', annotations),
    ...prefixed('pod_label_', POD.metadata.labels),
  };
  return ports.map(({ containerPort }) => ({
    targets: [`127.0.0.1:${containerPort}`],
    labels: prefixed('__meta_kubernetes_', {
      ...known,
      pod_container_port_number: String(containerPort),
    }),
  }));
}

/** Names as Prometheus makes labels of them. */
function prefixed(prefix: string, names: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(names).map(([name, value]) => [
      `${prefix}${name.replaceAll(/\W/g, '_')}`,
      value,
    ]),
  );
}

for (const release of RELEASES) {
  describe(`${release.title}, which goes by annotations`, function () {
    this.timeout(60_000);

    let prometheus: PrometheusServer;

    before(async () => {
      const [{ kubernetes_sd_configs: discovery, ...scrape }] = CONFIG.scrape_configs;
      assert.deepEqual(discovery, [{ role: 'pod' }]);
      const config = {
        ...CONFIG,
        global: { scrape_interval: '100ms' },
        scrape_configs: [
          {
            ...scrape,
            static_configs: [
              ...targetsOf('application-1', POD.metadata.annotations),
              ...targetsOf('other-1'),
            ],
          },
        ],
      };
      prometheus = await PrometheusServer.start({ release, config });
    });

    after(() => (prometheus as PrometheusServer | undefined)?.stop());

    it('scrapes the pods that ask for it, at the port that they name, as the job of their name', async () => {
      const targets = await eventually('the targets', async () => {
        const up = await prometheus.query('up');
        return up.length > 0 ? up : undefined;
      });
      assert.deepEqual(
        targets.map(({ metric }) => metric),
        [
          {
            __name__: 'up',
            instance: '127.0.0.1:9464',
            job: 'application',
            namespace: 'shop',
            pod: 'application-1',
          },
        ],
      );
    });
  });
}
