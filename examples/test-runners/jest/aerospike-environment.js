const { TestEnvironment } = require('jest-environment-node');
// Loaded outside of the module registries that Jest makes for each test file, so once for all of them.
const aerospike = require('aerospike');

module.exports = class extends TestEnvironment {
  async setup() {
    await super.setup();
    this.global.aerospike = aerospike;
  }
};
