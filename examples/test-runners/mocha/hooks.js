const Aerospike = require('aerospike');
const { AerospikeMemoryServer } = require('aerospike-memory-server');

let server;

exports.mochaHooks = {
  async beforeAll() {
    server = await AerospikeMemoryServer.create();
    exports.client = await Aerospike.connect({ hosts: server.hosts });
  },
  async afterAll() {
    exports.client.close();
    await server.stop();
  },
};
