import { figureOf, medianOf } from '../figures.mjs';
import { microseconds, milliseconds, nanoseconds } from './format.mjs';

const us = value => `${microseconds(value)} µs`;
const ms = value => `${milliseconds(value)} ms`;
const percent = ratio => `${Math.round((ratio - 1) * 100)} %`;

/** The answer to "what does it cost" in a few sentences, from the medians of all runs. */
export function answer(runs) {
  const added = id => us(medianOf(runs, `client.${id}.get.added.median`));
  const share = id => percent(medianOf(runs, `client.${id}.get.cpuRatio.median`));
  const recording = id => nanoseconds(medianOf(runs, `recording.${id}.median`));
  const scrape = id => ms(medianOf(runs, `scrape.${id}.450.cpu.median`));
  const bare = medianOf(runs, 'client.bare.get.bare.median');
  const longest = medianOf(runs, 'scrape.thisPackage.450.longest.median');
  const startup = id => ms(medianOf(runs, `startup.added.${id}.cpu.median`));
  const times = runs.length > 1 ? `, medians of ${runs.length} runs` : '';
  return [
    `**Metrics with \`/register\` add ${added('producer')} (${share('producer')}) to the ${us(bare)} of processor time that`,
    `an operation takes in the client, metrics and spans ${added('producerAndSpans')} (${share('producerAndSpans')}). A`,
    `scrape of 450 attribute sets (5,400 series) takes ${scrape('thisPackage')}, and holds the event loop up for ${ms(longest)} at the longest.**`,
    `The histogram of the OpenTelemetry SDK adds ${added('plainHistogram')} to an operation, with a span`,
    `${added('plainSpan')}, and its exporter takes ${scrape('stock')} for a scrape. One recording is ${recording('exponential')} ns`,
    `here and ${recording('plainHistogram')} ns there. A process that loads the client takes ${startup('register')} longer to`,
    `start, where the packages of OpenTelemetry and a hook that does nothing take ${startup('hook')}. (\`get\`, 64 in`,
    `flight, CPU time${times}.)`,
  ].join(' ');
}

/** What the answer is made of, and was not measured in each run. */
export function missingForAnswer(runs) {
  const needed = [
    'recording.exponential',
    'recording.plainHistogram',
    'client.bare.get.bare',
    'scrape.thisPackage.450.cpu',
    'startup.added.register.cpu',
    'startup.added.hook.cpu',
  ];
  return needed.filter(path => runs.some(run => figureOf(run, `${path}.median`) === undefined));
}
