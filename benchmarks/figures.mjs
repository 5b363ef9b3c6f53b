import { median } from './statistics.mjs';

/** A figure of one run by its path, such as `client.producer.get.added.median`. Undefined where it was not measured. */
export function figureOf({ parts }, path) {
  return path.split('.').reduce((value, name) => value?.[name], parts);
}

/** The same of several runs: the median. NaN where it was not measured in each of them. */
export function medianOf(runs, path) {
  const values = runs.map(run => figureOf(run, path));
  return values.every(Number.isFinite) ? median(values) : NaN;
}
