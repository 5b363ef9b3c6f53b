/** Prometheus' text format 0.0.4, and the text format of OpenMetrics. */
export const TEXT_FORMATS = ['text', 'openmetrics'] as const;
export type TextFormat = (typeof TEXT_FORMATS)[number];

/** In which metrics can be written for Prometheus. */
export type Format = TextFormat | 'protobuf';

/** What an answer ends with. */
export const END_OF_ANSWER: Readonly<Record<Format, string>> = {
  text: '',
  openmetrics: '# EOF\n',
  protobuf: '',
};

/** The answer to an `Accept` header. */
export interface Negotiated {
  readonly format: Format;
  readonly contentType: string;
}

/** A member of an `Accept` or `Accept-Encoding` header. */
interface Choice {
  /** In lower case. */
  readonly name: string;
  readonly parameters: ReadonlyMap<string, string>;
  readonly quality: number;
}

interface Offer extends Negotiated {
  readonly type: string;
  /** For each parameter that decides, the values that are served with this offer. Undefined: the parameter is missing. */
  readonly parameters: Readonly<Record<string, readonly (string | undefined)[]>>;
}

const TEXT: Offer = {
  format: 'text',
  contentType: 'text/plain; version=0.0.4; charset=utf-8',
  type: 'text/plain',
  // 1.0.0 differs only for names that are not sanitized.
  parameters: { version: ['0.0.4', '1.0.0', undefined] },
};

const OFFERS: readonly Offer[] = [
  TEXT,
  {
    format: 'openmetrics',
    contentType: 'application/openmetrics-text; version=1.0.0; charset=utf-8',
    type: 'application/openmetrics-text',
    parameters: { version: ['1.0.0', undefined] },
  },
  {
    // Other numbers for the same: it was the draft's version.
    format: 'openmetrics',
    contentType: 'application/openmetrics-text; version=0.0.1; charset=utf-8',
    type: 'application/openmetrics-text',
    parameters: { version: ['0.0.1'] },
  },
  {
    format: 'protobuf',
    contentType:
      'application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited',
    type: 'application/vnd.google.protobuf',
    parameters: { proto: ['io.prometheus.client.MetricFamily'], encoding: ['delimited'] },
  },
];

/**
 * Chooses a format by an `Accept` header, as Prometheus' client libraries do: the best of those that are offered, and
 * the text format where there is none or no header. A wildcard chooses nothing by itself.
 *
 * @see https://prometheus.io/docs/instrumenting/content_negotiation/
 */
export function negotiate(accept: string | undefined): Negotiated {
  for (const choice of byQuality(accept)) {
    const offer = OFFERS.find(each => isMet(each, choice));
    if (offer !== undefined) return answer(offer, choice.parameters.has('escaping'));
  }
  return answer(TEXT, false);
}

/** Whether an `Accept-Encoding` header asks for gzip at least as much as for an answer as it is. */
export function acceptsGzip(acceptEncoding: string | undefined): boolean {
  const choices = byQuality(acceptEncoding);
  const gzip = choices.find(({ name }) => name === 'gzip' || name === 'x-gzip');
  const identity = choices.find(({ name }) => name === 'identity');
  return gzip !== undefined && gzip.quality >= (identity?.quality ?? 0);
}

/** @param isEscapingAsked whether the client knows of names that need escaping, and wants to be told how it was done */
function answer({ format, contentType }: Offer, isEscapingAsked: boolean): Negotiated {
  return { format, contentType: contentType + (isEscapingAsked ? '; escaping=underscores' : '') };
}

function isMet({ type, parameters }: Offer, choice: Choice): boolean {
  return (
    choice.name === type &&
    Object.entries(parameters).every(([name, values]) =>
      values.includes(choice.parameters.get(name)),
    )
  );
}

/** What is accepted at all, the best first. */
function byQuality(header = ''): Choice[] {
  return header
    .split(',')
    .map(choiceOf)
    .filter(({ quality }) => quality > 0)
    .sort((one, other) => other.quality - one.quality);
}

function choiceOf(member: string): Choice {
  const [name = '', ...pairs] = member.split(';').map(part => part.trim());
  const parameters = new Map(pairs.map(parameterOf));
  return { name: name.toLowerCase(), parameters, quality: qualityOf(parameters.get('q')) };
}

function parameterOf(pair: string): [string, string] {
  const [name = '', value = ''] = pair.split(/\s*=\s*/, 2);
  return [name.toLowerCase(), value.replace(/^"(.*)"$/, '$1')];
}

function qualityOf(text: string | undefined): number {
  const quality = text === undefined || text === '' ? 1 : Number(text);
  // Prometheus' libraries take what is no number for 1 too.
  return Number.isNaN(quality) ? 1 : quality;
}
