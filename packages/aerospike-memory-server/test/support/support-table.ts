import { isSupported } from '../../src/commands/operations';
import { INFO_COMMANDS, NOT_SUPPORTED } from '../../src/info/info-commands';
import { OpType } from '../../src/protocol/bits';
import { CLIENT_VERSIONS, recordedSteps } from './recordings';
import { OTHERWISE, verdictOf, type Verdict } from './steps';

/** The part of SUPPORT.md that says what is supported, made from the code and the recorded steps. */
export function supportTable(): string {
  return [
    operationsLine(),
    `Info commands: ${list(Object.keys(INFO_COMMANDS).sort())}. Refused with code 16: ${list([...NOT_SUPPORTED])}; with 4, as by a real server, any other.`,
    callsTable(),
    ...(['as recorded', 'otherwise', 'nothing sent'] as const).map(stepsSection),
  ].join('\n\n');
}

function operationsLine(): string {
  const names = Object.entries(OpType).map(([name, op]) => ({ name: wordsOf(name), op }));
  const supported = names.filter(({ op }) => isSupported(op)).map(({ name }) => name);
  const refused = names.filter(({ op }) => !isSupported(op)).map(({ name }) => name);
  return `Operations: ${supported.join(', ')}. Refused with code 16: ${refused.join(', ')}.`;
}

/** How many recorded steps of each client method are answered as a real server does. */
function callsTable(): string {
  const counts = new Map<string, number>();
  for (const step of CLIENT_VERSIONS.flatMap(recordedSteps)) {
    const method = /(?:client|[qs])\.(\w+)\(/.exec(step.call)?.[1];
    if (!method || verdictOf(step) !== 'as recorded') continue;
    counts.set(method, (counts.get(method) ?? 0) + 1);
  }
  const rows = [...counts].sort(([a], [b]) => a.localeCompare(b));
  return [
    '| Client method | Recorded calls answered byte for byte |',
    '| --- | ---: |',
    ...rows.map(([method, count]) => `| \`${method}\` | ${count} |`),
  ].join('\n');
}

const TITLES: Readonly<Record<Verdict, string>> = {
  'as recorded': 'Recorded steps answered byte for byte',
  otherwise: 'Recorded steps answered otherwise',
  'nothing sent': 'Recorded steps in which the client sends nothing',
};

function stepsSection(verdict: Verdict): string {
  const lines = {
    'as recorded': () => [list(namesOf(verdict))],
    'nothing sent': () => [list(namesOf(verdict))],
    otherwise: () =>
      Object.entries(OTHERWISE).map(
        ([step, { code, why }]) => `- \`${step}\`, code ${code}: ${why}`,
      ),
  }[verdict]();
  const count = namesOf(verdict).length;
  return [
    '<details>',
    `<summary>${TITLES[verdict]}: ${count}</summary>`,
    '',
    ...lines,
    '',
    '</details>',
  ].join('\n');
}

/** Names of steps; where the clients differ, with the version of the one that is meant. */
function namesOf(verdict: Verdict): string[] {
  const [newer, older] = CLIENT_VERSIONS;
  const namesIn = (version: typeof newer | typeof older): string[] =>
    recordedSteps(version)
      .filter(step => verdictOf(step) === verdict)
      .map(({ step }) => step);
  const names = namesIn(newer);
  const others = namesIn(older).filter(name => !names.includes(name));
  return [...names, ...others.map(name => `${name} (${older})`)];
}

function list(names: readonly string[]): string {
  return names.map(name => `\`${name}\``).join(', ');
}

function wordsOf(name: string): string {
  return name.toLowerCase().replaceAll('_', ' ');
}
