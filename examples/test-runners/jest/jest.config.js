module.exports = {
  testEnvironment: './aerospike-environment.js',
  moduleNameMapper: { '^aerospike$': '<rootDir>/shared-aerospike.js' },
};
