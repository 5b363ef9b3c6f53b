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
    [{ host: '' }, /option host is ''; it must be a host name or an IP address/],
    [{ port: 65_536 }, /option port is 65536; it must be a whole number from 0 to 65535/],
    [{ port: '3000' }, /option port is '3000'/],
    [{ nodes: 0 }, /option nodes is 0; it must be a whole number from 1 to 8/],
    [{ nodes: 2, port: 65535 }, /2 nodes need ports up to 65536; the last is 65535/],
    [{ regroupMs: -1 }, /option regroupMs is -1/],
    [{ port: 1.5 }, /option port is 1\.5/],
    [{ namespaces: [] }, /option namespaces is \[\]; it must be a list of different names/],
    [{ namespaces: ['a', 'a'] }, /option namespaces is \[ 'a', 'a' \]/],
    [{ namespaces: ['a;b'] }, /option namespaces/],
    [{ namespaces: 'test' }, /option namespaces is 'test'/],
    [{ clusterName: 'a b' }, /option clusterName/],
    [{ defaultTtl: -1 }, /option defaultTtl is -1/],
    [{ maxRecordSize: 0 }, /option maxRecordSize is 0/],
    [{ maxFrameLength: Infinity }, /option maxFrameLength is Infinity/],
    [{ maxConnections: null }, /option maxConnections is null/],
    [{ idleTimeoutMs: NaN }, /option idleTimeoutMs is NaN/],
    [{ ports: 3000 }, /There is no option ports; there are host, port, namespaces/],
    [{ toString: 1 }, /There is no option toString/],
  ];

  for (const options of [null, 'port', 3000, []]) {
    it(`are an object, not ${JSON.stringify(options)}`, () => {
      assert.throws(() => resolveOptions(options as never), {
        name: 'TypeError',
        message: /^The options are .+; they must be an object\.$/,
      });
    });
  }

  for (const [option, message] of WRONG) {
    it(`are checked: ${JSON.stringify(option)}`, () => {
      assert.throws(() => resolveOptions(option), { name: 'TypeError', message });
    });
  }
});
