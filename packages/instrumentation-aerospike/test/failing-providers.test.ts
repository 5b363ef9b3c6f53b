import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { Program } from '@test/support';
import { NOTICES } from '../src/notices';
import { PACKAGE_NAME } from '../src/version';

const MAIN = JSON.stringify(resolve(__dirname, '../src/index.js'));

/** An application that makes two operations, and prints that they ended as they do without us. */
const APPLICATION = `
  const Aerospike = require('aerospike');
  const client = Aerospike.client({ hosts: '127.0.0.1:1' });
  const get = () => client.get(new Aerospike.Key('test', 'set', 1)).catch(error => error.code);
  get().then(async first => console.log(first, await get(), isAsBefore()));`;

/** Registers a provider globally, as an application does, before it creates the instrumentation. */
function application(kind: 'metrics' | 'trace', setter: string, provider: string): string {
  const registered = `globalThis[Symbol.for('opentelemetry.js.api.1')].${kind}`;
  return `
    const { ${kind}, createNoopMeter } = require('@opentelemetry/api');
    let failures = 0;
    const fail = () => { throw new Error('failure ' + ++failures); };
    ${kind}.${setter}(${provider});
    const before = ${registered};
    const isAsBefore = () => ${registered} === before;
    new (require(${MAIN}).AerospikeInstrumentation)();
    ${APPLICATION}`;
}

async function run(code: string): Promise<{ stdout: string; said: string[] }> {
  const program = new Program(['--eval', code]);
  const { code: exit, stdout, stderr } = await program.result();
  assert.equal(exit, 0, stderr);
  const said = stderr.split('\n').filter(line => line !== '');
  return { stdout, said: said.map(line => line.replace(`${PACKAGE_NAME}: `, '')) };
}

const meter = (part: string) => `Object.assign(Object.create(createNoopMeter()), { ${part} })`;

describe('a provider that fails does not keep an application from running, and is told of once', () => {
  const meterProviders: [title: string, provider: string, reason: RegExp][] = [
    ['throws when it is asked for a meter', '{ getMeter: fail }', /failure \d+/],
    ['gives no meter', '{ getMeter: () => undefined }', /getMeter\(\) gives no meter/],
    [
      'throws when it is asked for a histogram',
      `{ getMeter: () => ${meter('createHistogram: fail')} }`,
      /failure \d+/,
    ],
    [
      'throws at each measurement',
      `{ getMeter: () => ${meter('createHistogram: () => ({ record: fail })')} }`,
      /failure \d+/,
    ],
  ];

  for (const [title, provider, reason] of meterProviders) {
    it(`a MeterProvider that ${title}`, async () => {
      const { stdout, said } = await run(
        application('metrics', 'setGlobalMeterProvider', provider),
      );
      assert.equal(stdout, '-1 -1 true\n');
      const [line = '', ...others] = said;
      const given = reason.exec(line)?.[0] ?? assert.fail(line);
      assert.equal(line, NOTICES.failingProvider.text('MeterProvider', 'are not measured', given));
      assert.deepEqual(others, []);
    });
  }

  for (const enable of ['new', 'enable']) {
    it(`but not where there is no client (${enable})`, async () => {
      const code = application('metrics', 'setGlobalMeterProvider', '{ getMeter: fail }');
      const options = enable === 'new' ? '()' : '({ enabled: false }).enable()';
      const { said } = await run(
        code.replace(APPLICATION, '').replace('Instrumentation)()', `Instrumentation)${options}`),
      );
      assert.deepEqual(said, []);
    });
  }

  for (const [title, provider] of [
    ['throws when it is asked for a tracer', '{ getTracer: fail }'],
    ['throws when a span is started', '{ getTracer: () => ({ startSpan: fail }) }'],
  ] as const) {
    it(`a TracerProvider that ${title}`, async () => {
      const { stdout, said } = await run(application('trace', 'setGlobalTracerProvider', provider));
      assert.equal(stdout, '-1 -1 true\n');
      assert.match(
        said[0] ?? '',
        /^the TracerProvider of the application fails \(failure \d+\), so that operations have no spans; /,
      );
      // One that gives no tracer leaves operations that nobody measures or traces.
      const rest = provider.includes('startSpan') ? [] : [NOTICES.noProvider.text()];
      assert.deepEqual(said.slice(1), rest);
    });
  }
});
