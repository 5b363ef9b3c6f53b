module.exports = globalThis.aerospike;
