import Module, { createRequire } from 'node:module';
import { mock } from 'node:test';

// Tests that put something in the place of the client, by each way there is; prints what they see.
const require = createRequire(import.meta.url);
const FILE = require.resolve('aerospike');
const isFake = () => require('aerospike').isFake === true;

function withLoad(use) {
  const { _load } = Module;
  Module._load = (name, ...others) =>
    name === 'aerospike' ? { isFake: true } : _load(name, ...others);
  try {
    return use();
  } finally {
    Module._load = _load;
  }
}

function withCache(use) {
  const module = require.cache[FILE];
  require.cache[FILE] = { ...module, exports: { isFake: true } };
  try {
    return use();
  } finally {
    require.cache[FILE] = module;
  }
}

function withMock(use) {
  const mocked = mock.module('aerospike', { namedExports: { isFake: true } });
  try {
    return use();
  } finally {
    mocked.restore();
  }
}

const seen = {
  first: [withLoad(isFake), isFake()],
  load: [withLoad(isFake), isFake()],
  cache: [withCache(isFake), isFake()],
  mock: [withMock(isFake), isFake()],
};
console.log(JSON.stringify(seen));
