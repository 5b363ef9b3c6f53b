import { OPERATIONS, type SetUp } from '../set-up';

const PRINTED: Pick<SetUp, 'group' | 'source' | 'expected'> = {
  group: 'shared',
  source: 'printed',
  expected: { measured: OPERATIONS },
};

/** What docs/test-runners.md shows. */
const EXAMPLE = '../../../examples/test-runners/jest';
const EXAMPLE_FILES = [
  'jest.config.js',
  'aerospike-environment.js',
  'shared-aerospike.js',
  'telemetry.js',
  'metrics.test.js',
  'users.js',
  'users.test.js',
];

/** Tests that are about what is measured, and read it themselves. */
export const TEST_RUNNERS: readonly SetUp[] = [
  {
    name: 'Jest, two files in one process',
    sections: ['Jest'],
    ...PRINTED,
    needs: ['aerospike', 'aerospike-memory-server'],
    application: {
      'one.test.js': 'jest.test.cjs',
      'two.test.js': 'jest.test.cjs',
      ...Object.fromEntries(EXAMPLE_FILES.map(file => [file, `${EXAMPLE}/${file}`])),
    },
    commands: ['npx jest --runInBand'],
    shows: ['jest'],
  },
  {
    name: 'Vitest',
    sections: ['Vitest'],
    ...PRINTED,
    application: { 'app.test.mjs': 'vitest.test.mjs' },
    shows: ['vitest'],
  },
  {
    name: 'mocha',
    sections: ['mocha'],
    ...PRINTED,
    application: { 'app.test.cjs': 'mocha.test.cjs' },
    environment: { TEST_RUNNER: 'mocha' },
    shows: ['mocha'],
  },
  {
    name: 'node:test',
    sections: ['node:test'],
    ...PRINTED,
    application: { 'app.test.cjs': 'mocha.test.cjs' },
  },
];
