import type { SetUp } from '../set-up';

/** This package without what it needs, or with what is too old: the application works, and one line says what to install. */
export const MISSING_PACKAGES: readonly SetUp[] = [
  {
    name: 'npm, packages missing',
    sections: ['npm'],
    installs: ['npm install opentelemetry-instrumentation-aerospike'],
    expected: { says: [/.*: npm install @opentelemetry.*/] },
  },
  {
    name: 'npm, an @opentelemetry/api that is too old',
    sections: ['npm'],
    files: { '.npmrc': 'legacy-peer-deps=true\n' },
    versions: { '@opentelemetry/api': '1.9.0' },
    expected: { says: [/.* finds @opentelemetry\/api .*: npm install @opentelemetry\/api@.*/] },
    shows: ['@opentelemetry/api', '@opentelemetry/instrumentation'],
  },
  {
    name: 'pnpm, packages missing',
    sections: ['pnpm'],
    manager: 'pnpm',
    installs: ['pnpm add opentelemetry-instrumentation-aerospike'],
    expected: { says: [/.*: pnpm add @opentelemetry.*/] },
  },
  {
    name: 'Yarn 1, packages missing',
    sections: ['Yarn 1'],
    manager: 'yarn 1',
    installs: ['yarn add opentelemetry-instrumentation-aerospike'],
    expected: { says: [/.*: yarn add @opentelemetry.*/] },
  },
  {
    name: "Yarn, Plug'n'Play, packages missing",
    sections: ['Yarn'],
    manager: 'yarn',
    files: { '.yarnrc.yml': 'nodeLinker: pnp\n' },
    installs: ['yarn add opentelemetry-instrumentation-aerospike'],
    expected: { says: [/.*: yarn add @opentelemetry.*/] },
  },
];
