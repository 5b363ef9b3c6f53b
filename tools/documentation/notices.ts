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
}

/** Every line that the instrumentation says by itself, with `…` for what differs from time to time. */
export function notices(): string {
  return table(
    ['What it says', 'When', '`OTEL_LOG_LEVEL` from'],
    Object.values(NOTICES as Readonly<Record<string, Notice>>).map(({ level, when, text }) => [
      `\`${text(...Array.from({ length: text.length }, () => '…')).replaceAll('|', '\\|')}\``,
      when,
      `\`${level}\``,
    ]),
  );
}
