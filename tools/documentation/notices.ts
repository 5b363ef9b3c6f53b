import type * as Notices from '../../packages/instrumentation-aerospike/src/notices';
import { built } from './built';
import { table } from './table';

const { NOTICES } = built(
  'opentelemetry-instrumentation-aerospike',
  'src/notices',
) as typeof Notices;

interface Notice {
  readonly level: string;
  readonly when: string;
  readonly text: (...given: string[]) => string;
  readonly example: string | undefined;
}

/** Every line that the instrumentation says by itself: an example, or the text with `…` for what differs. */
export function notices(): string {
  return table(
    ['What it says', 'When', 'Shown from `OTEL_LOG_LEVEL`'],
    Object.values(NOTICES as Readonly<Record<string, Notice>>).map(
      ({ level, when, text, example }) => [
        example === undefined ? codeOf(text(...placeholders(text))) : `such as ${codeOf(example)}`,
        when,
        `\`${level}\``,
      ],
    ),
  );
}

function placeholders(text: Notice['text']): string[] {
  return Array.from({ length: text.length }, () => '…');
}

/** As code in a cell of a table. */
function codeOf(text: string): string {
  return `\`${text.replaceAll('|', '\\|')}\``;
}
