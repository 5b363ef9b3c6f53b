import assert from 'node:assert/strict';
import { join } from 'node:path';
import { HISTOGRAM_KINDS } from '@example/prometheus-grafana/build/src/scope';
import { DASHBOARDS } from '../../prometheus-grafana/dashboard-queries';
import { readExampleYaml } from '../../prometheus-grafana/example-files';
import { output } from '../toolchains/command';
import { goProgram } from '../toolchains/go';
import { KUBERNETES, MANIFESTS, readDeployment, readManifest } from './manifests';

/** What the packages of models give for each kind; they are made from what its authors have published. */
type Model = new (manifest: object) => { validate(): void };

const MODELS: Readonly<Record<string, () => Promise<object>>> = {
  'apps/v1': () => import('kubernetes-models/apps/v1'),
  v1: () => import('kubernetes-models/v1'),
  'networking.k8s.io/v1': () => import('kubernetes-models/networking.k8s.io/v1'),
  'monitoring.coreos.com/v1': () =>
    import('@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1'),
  'opentelemetry.io/v1alpha1': () =>
    import('@kubernetes-models/opentelemetry-operator/opentelemetry.io/v1alpha1'),
};

/** Of what no Go module of its authors is published. */
const NOT_IN_GO = ['operator/instrumentation.yaml'];

describe('examples/kubernetes', function () {
  this.timeout(300_000);

  for (const file of MANIFESTS) {
    it(`has a ${file} that follows the schema of its kind`, async () => {
      const manifest = readManifest(file);
      const models = (await MODELS[manifest.apiVersion]?.()) as Record<string, Model> | undefined;
      const KindModel = models?.[manifest.kind];
      assert.ok(KindModel, `no schema for ${manifest.apiVersion} ${manifest.kind}`);
      new KindModel(manifest).validate();
    });
  }

  it('has no field that Kubernetes or the Prometheus Operator does not know', async function () {
    const program = await goProgram(this, 'kubernetes');
    const files = MANIFESTS.filter(file => !NOT_IN_GO.includes(file));
    await output(
      program,
      files.map(file => join(KUBERNETES, file)),
    );
  });

  it('scrapes the port that the application serves at, by the name that is opened', () => {
    const { metadata, spec } = readDeployment('deployment.yaml').spec.template;
    const [{ ports = [] }] = spec.containers;
    const { containerPort } = ports.find(({ name }) => name === 'metrics') ?? {};
    assert.equal(containerPort, 9464);
    assert.equal(metadata.annotations?.['prometheus.io/port'], String(containerPort));
    const monitor = readManifest('pod-monitor.yaml').spec as PodMonitorSpec;
    assert.deepEqual(
      monitor.podMetricsEndpoints.map(({ port }) => port),
      ['metrics'],
    );
    assert.equal(monitor.jobLabel, 'app.kubernetes.io/name');
    const policy = readManifest('network-policy.yaml').spec as NetworkPolicySpec;
    for (const { matchLabels } of [monitor.selector, policy.podSelector]) {
      assert.deepEqual(matchLabels, metadata.labels);
    }
    const open = policy.ingress.filter(({ from }) => from === undefined);
    assert.deepEqual(
      open.flatMap(rule => rule.ports).map(({ port }) => port),
      ['http'],
    );
  });

  for (const kind of HISTOGRAM_KINDS) {
    it(`has the rules of prometheus-grafana for ${kind} histograms`, () => {
      const folder = kind === 'classic' ? '' : `${kind}/`;
      const { groups } = readManifest(`${folder}prometheus-rule.yaml`).spec as RuleFile;
      const files = ['client', `${kind}/alerts`, `${kind}/recording`].map(
        name => readExampleYaml(`prometheus/rules/${name}.yml`) as RuleFile,
      );
      assert.deepEqual(new Set(groups), new Set(files.flatMap(file => file.groups)));
    });
  }

  it('has the dashboards of prometheus-grafana', () => {
    const dashboards = Object.values(readManifest('dashboards.yaml').data ?? {}).map(
      text => JSON.parse(text) as object,
    );
    assert.deepEqual(new Set(dashboards), new Set(Object.values(DASHBOARDS)));
  });
});

interface Selector {
  readonly matchLabels: Readonly<Record<string, string>>;
}

interface PodMonitorSpec {
  readonly selector: Selector;
  readonly jobLabel: string;
  readonly podMetricsEndpoints: readonly { readonly port: string }[];
}

interface NetworkPolicySpec {
  readonly podSelector: Selector;
  readonly ingress: readonly {
    readonly from?: readonly object[];
    readonly ports: readonly { readonly port: string }[];
  }[];
}

interface RuleFile {
  readonly groups: readonly object[];
}
