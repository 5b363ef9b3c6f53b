import { OPERATIONS, type SetUp } from '../set-up';

const REGISTER = 'opentelemetry-instrumentation-aerospike/register';
const ESM = { 'app.mjs': 'app.mjs' };
const TYPESCRIPT = { 'app.ts': 'app.mts' };
const expected = { measured: OPERATIONS };

/** How the instrumentation gets into the process. All are installed as the section of npm says. */
export const LOADING: readonly SetUp[] = [
  {
    name: '--import, CommonJS',
    sections: ['npm'],
    commands: [`node --import ${REGISTER} app.js`],
    group: 'shared',
    expected,
  },
  {
    name: '--import, ESM',
    sections: ['ESM'],
    group: 'shared',
    application: ESM,
    expected,
  },
  {
    name: '--require, ESM',
    sections: ['npm'],
    commands: [`node --require ${REGISTER} app.mjs`],
    group: 'shared',
    application: ESM,
    expected,
  },
  {
    name: 'NODE_OPTIONS',
    sections: ['NODE_OPTIONS'],
    group: 'shared',
    expected,
  },
  {
    name: 'NODE_OPTIONS, npm run',
    sections: ['npm'],
    commands: [`NODE_OPTIONS="--require ${REGISTER}" npm start --silent`],
    files: { 'package.json': '{ "private": true, "scripts": { "start": "node app.js" } }\n' },
    group: 'shared',
    expected,
  },
  {
    name: 'tsx',
    sections: ['tsx'],
    group: 'shared',
    application: TYPESCRIPT,
    expected,
  },
  {
    name: 'Type stripping',
    sections: ['Type stripping'],
    group: 'shared',
    application: TYPESCRIPT,
    expected,
  },
  {
    name: 'ts-node',
    sections: ['ts-node'],
    group: 'shared',
    application: TYPESCRIPT,
    files: {
      'tsconfig.json': '{ "compilerOptions": { "module": "commonjs", "esModuleInterop": true } }\n',
    },
    expected,
  },
  {
    name: 'npm workspaces',
    sections: ['Workspaces'],
    application: { 'api/app.js': 'app.cjs' },
    files: {
      'package.json': '{ "private": true, "workspaces": ["api"] }\n',
      'api/package.json': JSON.stringify({
        name: 'api',
        version: '1.0.0',
        scripts: { start: 'node app.js' },
        dependencies: { aerospike: '*' },
      }),
    },
    expected,
  },
];
