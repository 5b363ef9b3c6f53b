import assert from 'node:assert/strict';
import { acceptsGzip, negotiate } from '../../src/exposition/accept';

const TEXT = 'text/plain; version=0.0.4; charset=utf-8';
const OPENMETRICS = 'application/openmetrics-text; version=1.0.0; charset=utf-8';
const OPENMETRICS_DRAFT = 'application/openmetrics-text; version=0.0.1; charset=utf-8';
const PROTOBUF =
  'application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited';
const ESCAPING = '; escaping=underscores';
const PROTOBUF_ASKED =
  'application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited';

/** What scrapers send, and the content type of the answer. */
const ANSWERS: Readonly<Record<string, readonly [accept: string | undefined, answer: string]>> = {
  'no header': [undefined, TEXT],
  'an empty one': ['', TEXT],
  curl: ['*/*', TEXT],
  'a browser': ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', TEXT],
  'Prometheus 2.42': [
    'application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1',
    OPENMETRICS,
  ],
  'Prometheus 2.42 with native histograms': [
    `${PROTOBUF_ASKED},application/openmetrics-text;version=1.0.0;q=0.8,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1`,
    PROTOBUF,
  ],
  'Prometheus 3.5': [
    'application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2',
    OPENMETRICS + ESCAPING,
  ],
  'Prometheus 3.5 with native histograms': [
    `${PROTOBUF_ASKED};escaping=allow-utf-8;q=0.6,application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5`,
    PROTOBUF + ESCAPING,
  ],
  'a scraper of the draft': ['application/openmetrics-text; version=0.0.1', OPENMETRICS_DRAFT],
  'OpenMetrics of any version': ['application/openmetrics-text', OPENMETRICS],
  'an unknown version first': [
    'application/openmetrics-text;version=2.0.0,application/openmetrics-text;version=1.0.0;q=0.5',
    OPENMETRICS,
  ],
  'text of another version': ['text/plain;version=1.0.0;escaping=allow-utf-8', TEXT + ESCAPING],
  'an unknown version of text': [
    'text/plain;version=0.0.3,application/openmetrics-text;q=0.1',
    OPENMETRICS,
  ],
  'nothing that is known': ['application/json', TEXT],
  'a wildcard before something that is known': [
    '*/*,application/openmetrics-text;q=0.5',
    OPENMETRICS,
  ],
  'the better one last': ['text/plain;q=0.2,application/openmetrics-text;q=0.9', OPENMETRICS],
  'two that are equally good': ['text/plain;q=0.5,application/openmetrics-text;q=0.5', TEXT],
  'one that is refused': ['application/openmetrics-text;q=0,text/plain;q=0.1', TEXT],
  'everything refused': ['application/openmetrics-text;q=0.0', TEXT],
  'a quality that is no number': ['text/plain;q=0.9,application/openmetrics-text;q=x', OPENMETRICS],
  'protobuf of another message': [
    'application/vnd.google.protobuf;proto=io.prometheus.write.v2.Request;encoding=delimited',
    TEXT,
  ],
  'protobuf as text': [
    'application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=text,text/plain;q=0.5',
    TEXT,
  ],
  'other spelling': [
    'Application/Vnd.Google.Protobuf ; Proto="io.prometheus.client.MetricFamily" ; Encoding = delimited',
    PROTOBUF,
  ],
};

describe('the format of an answer', () => {
  for (const [name, [accept, answer]] of Object.entries(ANSWERS)) {
    it(`is ${/text\/plain|openmetrics|protobuf/.exec(answer)?.[0] ?? ''} for ${name}`, () => {
      assert.equal(negotiate(accept).contentType, answer);
    });
  }

  it('is named apart from its content type', () => {
    const formats = ['text/plain', 'application/openmetrics-text', PROTOBUF_ASKED].map(
      accept => negotiate(accept).format,
    );
    assert.deepEqual(formats, ['text', 'openmetrics', 'protobuf']);
  });
});

describe('an answer', () => {
  for (const accepted of ['gzip', 'deflate, gzip;q=1.0, *;q=0.5', 'GZIP', 'identity;q=0.5, gzip']) {
    it(`is compressed for ${accepted}`, () => {
      assert.equal(acceptsGzip(accepted), true);
    });
  }

  for (const accepted of [
    undefined,
    '',
    'identity',
    'gzip;q=0',
    'gzip;q=0.000',
    '*',
    'br',
    'gzip;q=0.5, identity',
  ]) {
    it(`is not compressed for ${accepted ?? 'no header'}`, () => {
      assert.equal(acceptsGzip(accepted), false);
    });
  }
});
