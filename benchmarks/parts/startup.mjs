import { isInstalled } from '../installed.mjs';
import { interleave, runInProcess } from '../processes/run.mjs';
import { milliseconds, range } from '../report/format.mjs';
import { spread } from '../statistics.mjs';

const REGISTER = {
  execArgv: ['--require', 'opentelemetry-instrumentation-aerospike/register'],
  env: { ...process.env, OTEL_EXPORTER_PROMETHEUS_PORT: '0' },
};

/** What is loaded before the client. */
const STARTUPS = {
  bare: { label: 'nothing (the method itself)' },
  base: { label: '`@opentelemetry/instrumentation` alone' },
  sdk: { label: 'OpenTelemetry SDK and Prometheus exporter alone' },
  hook: { label: 'both, with an instrumentation that hooks the client and does nothing' },
  instrumentation: { label: '**this package**: the instrumentation, no SDK' },
  prometheus: { label: '**this package**: `/prometheus`, serving' },
  register: { label: '**this package**: `--require …/register`', forkOptions: REGISTER },
  promClient: { label: 'prom-client', needs: 'prom-client' },
  ddTrace: { label: 'dd-trace', needs: 'dd-trace' },
};

export const title = 'Start-up';

export const method =
  'What a process takes longer until it has loaded the client, in comparison with one that loads nothing else, in the ' +
  'same round: milliseconds of CPU and of time. The first row compares two that load nothing else.';

export async function run({ quick, isWanted, progress }) {
  const ids = Object.keys(STARTUPS).filter(id => isInstalled(STARTUPS[id].needs) && isWanted(id));
  const start = id => runInProcess('startup.cjs', { id }, STARTUPS[id].forkOptions ?? {});
  const runs = Object.fromEntries(ids.map(id => [id, () => start(id)]));
  const { reference, ...results } = await interleave(
    { reference: () => start('bare'), ...runs },
    quick ? 1 : 11,
    progress,
  );
  const added = (rounds, figure) =>
    spread(rounds.map((measured, round) => measured[figure] - reference[round][figure]));
  return {
    reference: {
      cpu: spread(reference.map(({ cpu }) => cpu)),
      time: spread(reference.map(({ time }) => time)),
    },
    added: Object.fromEntries(
      Object.entries(results).map(([id, rounds]) => [
        id,
        { cpu: added(rounds, 'cpu'), time: added(rounds, 'time') },
      ]),
    ),
  };
}

export function tables({ reference, added }) {
  return [
    {
      columns: ['', 'added ms of CPU', 'min – max', 'added ms of time', 'min – max'],
      rows: [
        ['Node.js and the client (not added)', ...cells(reference)],
        ...Object.entries(added).map(([id, costs]) => [STARTUPS[id].label, ...cells(costs)]),
      ],
    },
  ];
}

function cells({ cpu, time }) {
  return [
    milliseconds(cpu.median),
    range(cpu, milliseconds),
    milliseconds(time.median),
    range(time, milliseconds),
  ];
}
