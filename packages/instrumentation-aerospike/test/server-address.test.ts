import assert from 'node:assert/strict';
import { serverAddressOf } from '../src/aerospike/server-address';

describe('serverAddressOf', () => {
  const cases: [hosts: unknown, address: string | undefined, port: number | undefined][] = [
    ['10.1.2.3', '10.1.2.3', undefined],
    ['10.1.2.3:3000', '10.1.2.3', undefined],
    ['10.1.2.3:3100', '10.1.2.3', 3100],
    ['aero-1.example:3100,aero-2.example:3000', 'aero-1.example', 3100],
    [' aero-1.example:3100 , aero-2.example', 'aero-1.example', 3100],
    ['aero.example:tls-name:4333', 'aero.example', 4333],
    ['aero.example:tls-name', 'aero.example', undefined],
    ['[::1]:3100', '::1', 3100],
    ['[2001:db8::1]', '2001:db8::1', undefined],
    [[{ addr: 'aero.example', port: 3100 }], 'aero.example', 3100],
    [[{ addr: 'aero.example' }], 'aero.example', undefined],
    [[], undefined, undefined],
    [[null], undefined, undefined],
    ['', undefined, undefined],
    [undefined, undefined, undefined],
    [42, undefined, undefined],
  ];

  for (const [hosts, address, port] of cases) {
    it(`reads ${JSON.stringify(hosts)}`, () => {
      const client = { isConnected: () => true, config: { hosts, port: 3000 } };
      assert.deepEqual(serverAddressOf(client), { address, port });
    });
  }

  it('takes the port of the configuration for a host without one', () => {
    const client = { isConnected: () => true, config: { hosts: 'aero.example', port: 3200 } };
    assert.deepEqual(serverAddressOf(client), { address: 'aero.example', port: 3200 });
  });
});
