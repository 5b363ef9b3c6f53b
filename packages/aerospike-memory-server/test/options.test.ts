import assert from 'node:assert/strict';
import { DEFAULT_OPTIONS, resolveOptions, type MemoryServerOptions } from '../src/options';

describe('options', () => {
  it('have defaults', () => {
    assert.deepEqual(resolveOptions({}), DEFAULT_OPTIONS);
  });

  it('that are undefined have their defaults too', () => {
    const options = { port: undefined } as unknown as MemoryServerOptions;
    assert.equal(resolveOptions(options).port, 0);
  });

  const WRONG: readonly [option: Record<string, unknown>, message: RegExp][] = [
    [{ host: '' }, /^host must be a host name or an IP address, not ''$/],
    [{ port: 65_536 }, /^port must be a whole number from 0 to 65535, not 65536$/],
    [{ port: '3000' }, /^port must be a whole number from 0 to 65535, not '3000'$/],
    [{ port: 1.5 }, /^port must be .*, not 1\.5$/],
    [{ namespaces: [] }, /^namespaces must be a list of different names .*, not \[\]$/],
    [{ namespaces: ['a', 'a'] }, /^namespaces must be .*, not \[ 'a', 'a' \]$/],
    [{ namespaces: ['a;b'] }, /^namespaces must be/],
    [{ namespaces: 'test' }, /^namespaces must be .*, not 'test'$/],
    [{ clusterName: 'a b' }, /^clusterName must be/],
    [{ defaultTtl: -1 }, /^defaultTtl must be .*, not -1$/],
    [{ maxRecordSize: 0 }, /^maxRecordSize must be .*, not 0$/],
    [{ maxFrameLength: Infinity }, /^maxFrameLength must be .*, not Infinity$/],
    [{ maxConnections: null }, /^maxConnections must be .*, not null$/],
    [{ idleTimeoutMs: NaN }, /^idleTimeoutMs must be .*, not NaN$/],
    [{ keepAlive: 'yes' }, /^keepAlive must be true or false, not 'yes'$/],
    [{ prot: 3000 }, /^unknown option 'prot': did you mean 'port'\?$/],
    [{ namespace: ['a'] }, /^unknown option 'namespace': did you mean 'namespaces'\?$/],
    [{ Port: 1 }, /^unknown option 'Port': did you mean 'port'\?$/],
    [{ hots: 'a' }, /^unknown option 'hots': did you mean 'host'\?$/],
    [{ xyz: 1 }, /^unknown option 'xyz': the options are host, port, .* and regroupMs$/],
    [{ toString: 1 }, /^unknown option 'toString': the options are/],
    [{ nodes: 0 }, /^nodes must be a whole number from 1 to 8, not 0$/],
    [
      { nodes: 2, port: 65535 },
      /^port must be so that 2 nodes have one each up to 65535, not 65535$/,
    ],
    [{ regroupMs: -1 }, /^regroupMs must be .*, not -1$/],
  ];

  for (const options of [null, 'port', 3000, []]) {
    it(`are an object, not ${JSON.stringify(options)}`, () => {
      assert.throws(() => resolveOptions(options as never), {
        name: 'TypeError',
        message: /^options must be an object, not /,
      });
    });
  }

  for (const [option, message] of WRONG) {
    it(`are checked: ${JSON.stringify(option)}`, () => {
      assert.throws(() => resolveOptions(option), { name: 'TypeError', message });
    });
  }
});
