import { OPERATIONS, type SetUp } from '../set-up';

const BUNDLED: Pick<SetUp, 'group' | 'application' | 'expected'> = {
  group: 'shared',
  application: { 'app.mjs': 'app.mjs' },
  expected: { measured: OPERATIONS },
};

/** By name: the heading of its section, and its package. */
const TOOLS: Readonly<Record<string, Pick<SetUp, 'sections' | 'shows' | 'commands'>>> = {
  esbuild: { sections: ['Bundlers', 'esbuild'], shows: ['esbuild'] },
  webpack: { sections: ['Bundlers', 'webpack'], shows: ['webpack'] },
  Rspack: { sections: ['Bundlers', 'Rspack'], shows: ['@rspack/core'] },
  'Rollup, es': { sections: ['Bundlers', 'Rollup'], shows: ['rollup'] },
  'Rollup, cjs': {
    sections: ['Bundlers', 'Rollup'],
    commands: ['npx rollup --config --format cjs --file dist/index.cjs', 'node dist/index.cjs'],
    shows: ['rollup'],
  },
  ncc: { sections: ['Bundlers', 'ncc'], shows: ['@vercel/ncc'] },
};

const CLIENT_FIRST = { 'index.mjs': "import './app.mjs';\nimport './telemetry.mjs';\n" };

/** The main entry of this package is in the bundle; the client is not. */
export const BUNDLERS: readonly SetUp[] = [
  ...Object.entries(TOOLS).flatMap(([name, tool]) => [
    { name, ...tool, ...BUNDLED },
    { name: `${name}, the client loaded first`, ...tool, ...BUNDLED, files: CLIENT_FIRST },
  ]),
  {
    name: 'A bundle, --require',
    sections: ['Bundlers', 'esbuild'],
    commands: [
      'npx esbuild app.mjs --bundle --platform=node --external:aerospike --outfile=dist/app.cjs',
      'node --require opentelemetry-instrumentation-aerospike/register dist/app.cjs',
    ],
    ...BUNDLED,
    shows: ['esbuild'],
  },
];
