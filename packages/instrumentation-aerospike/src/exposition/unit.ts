/** What stands in the name of a metric for a unit of UCUM. */
const WORDS: ReadonlyMap<string, string> = new Map([
  ['d', 'days'],
  ['h', 'hours'],
  ['min', 'minutes'],
  ['s', 'seconds'],
  ['ms', 'milliseconds'],
  ['us', 'microseconds'],
  ['ns', 'nanoseconds'],
  ['By', 'bytes'],
  ['KiBy', 'kibibytes'],
  ['MiBy', 'mebibytes'],
  ['GiBy', 'gibibytes'],
  ['TiBy', 'tibibytes'],
  ['KBy', 'kilobytes'],
  ['kBy', 'kilobytes'],
  ['MBy', 'megabytes'],
  ['GBy', 'gigabytes'],
  ['TBy', 'terabytes'],
  ['m', 'meters'],
  ['V', 'volts'],
  ['A', 'amperes'],
  ['J', 'joules'],
  ['W', 'watts'],
  ['g', 'grams'],
  ['Cel', 'celsius'],
  ['Hz', 'hertz'],
  ['1', 'ratio'],
  ['%', 'percent'],
]);

/** What stands in a name for the unit after a slash. */
const PER: ReadonlyMap<string, string> = new Map([
  ['s', 'second'],
  ['min', 'minute'],
  ['m', 'minute'],
  ['h', 'hour'],
  ['d', 'day'],
  ['w', 'week'],
  ['mo', 'month'],
  ['y', 'year'],
]);

/**
 * The unit's word where the name of the metric ends in it: with another unit Prometheus refuses the whole scrape.
 *
 * @see https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/#metric-metadata-1
 */
export function unitOfName(name: string, unit: string): string | undefined {
  const [amount = '', per] = unit.split('/', 2);
  const word = WORDS.get(amount);
  const perWord = per === undefined ? undefined : PER.get(per);
  const suffix = [word, perWord && `per_${perWord}`].filter(Boolean).join('_');
  return suffix !== '' && (name === suffix || name.endsWith(`_${suffix}`)) ? suffix : undefined;
}
