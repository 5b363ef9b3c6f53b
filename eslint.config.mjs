import js from '@eslint/js';
import globals from 'globals';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  {
    ignores: [
      '**/build/',
      '**/coverage/',
      '**/.matrix/',
      '**/.recorded/',
      '**/node_modules/',
      '**/fixtures/',
      // Applications of frameworks that are installed elsewhere.
      'test/ecosystem/applications/*/',
    ],
  },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // A module of NestJS is all in its decorator.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      // It takes the SDK's union of metric data, which has an enum in each member, for a mismatch.
      '@typescript-eslint/no-unsafe-enum-assignment': 'off',
    },
  },
  {
    // The instrumentation must never load the client itself: the application decides which one, and when.
    files: ['packages/instrumentation-aerospike/src/**/*.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        { paths: [{ name: 'aerospike', allowTypeImports: true, message: 'Import types only.' }] },
      ],
    },
  },
  {
    // Fake timers in the tests of an application must not decide about what is measured.
    files: ['packages/instrumentation-aerospike/src/**/*.ts'],
    ignores: ['packages/instrumentation-aerospike/src/clock.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Use epochNow() of clock.ts.' },
        { object: 'process', property: 'hrtime', message: 'Use monotonicNow() of clock.ts.' },
      ],
      'no-restricted-globals': [
        'error',
        { name: 'performance', message: 'Use monotonicNow() of clock.ts.' },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: 'NewExpression[callee.name="Date"][arguments.length=0]',
          message: 'Use epochNow() of clock.ts.',
        },
      ],
    },
  },
  {
    files: [
      '**/test/**/*.ts',
      'tools/**/*.ts',
      'packages/instrumentation-aerospike/src/aerospike/*.ts',
    ],
    rules: {
      // What the client has deprecated is measured all the same.
      '@typescript-eslint/no-deprecated': 'off',
    },
  },
  {
    // Doors and lazy parts load what they need only then, and a bundler has to see what that is.
    files: ['packages/instrumentation-aerospike/src/**/*.ts'],
    rules: {
      '@typescript-eslint/no-require-imports': ['error', { allow: ['^\\.{1,2}/', '^node:'] }],
    },
  },
  {
    files: ['**/*.js', '**/*.cjs', '**/*.mjs'],
    languageOptions: { globals: globals.node },
  },
  prettier,
);
