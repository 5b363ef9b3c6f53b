import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { isSupportedVersion } from '../src/aerospike/supported-versions';
import { PACKAGE_NAME, PACKAGE_VERSION } from '../src/version';

describe('versions', () => {
  it('are those of package.json', () => {
    const text = readFileSync(resolve(__dirname, '../../package.json'), 'utf8');
    const { name, version } = JSON.parse(text) as { name: string; version: string };
    assert.deepEqual([PACKAGE_NAME, PACKAGE_VERSION], [name, version]);
  });

  it('of aerospike that are supported are 5.12.1 to the last 6', () => {
    for (const version of ['5.12.1', '5.12.2', '5.13.0', '6.0.0', '6.7.1', '6.99.0']) {
      assert.equal(isSupportedVersion(version), true, version);
    }
    for (const version of ['5.12.0', '5.4.0', '4.99.99', '7.0.0', '10.0.0', '6.0.0-rc.1', 'x']) {
      assert.equal(isSupportedVersion(version), false, version);
    }
  });
});
