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
    group: 'loading',
    expected,
  },
  {
    name: '--import, ESM',
    sections: ['ESM'],
    group: 'loading',
    application: ESM,
    expected,
  },
  {
    name: '--require, ESM',
    sections: ['npm'],
    commands: [`node --require ${REGISTER} app.mjs`],
    group: 'loading',
    application: ESM,
    expected,
  },
  {
    name: 'NODE_OPTIONS',
    sections: ['NODE_OPTIONS'],
    group: 'loading',
    expected,
  },
  {
    name: 'NODE_OPTIONS, npm run',
    sections: ['npm'],
    commands: [`NODE_OPTIONS="--require ${REGISTER}" npm start --silent`],
    files: { 'package.json': '{ "private": true, "scripts": { "start": "node app.js" } }\n' },
    group: 'loading',
    expected,
  },
  {
    name: 'tsx',
    sections: ['tsx'],
    group: 'loading',
    application: TYPESCRIPT,
    expected,
  },
  {
    name: 'Type stripping',
    sections: ['Type stripping'],
    group: 'loading',
    application: TYPESCRIPT,
    expected,
  },
];
