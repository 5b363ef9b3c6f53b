import type { SetUp } from '../set-up';

const REQUESTS = ['/visits/home', '/visits/home', '/visits/about'];

const NESTJS = {
  'tsconfig.json': JSON.stringify({
    compilerOptions: {
      target: 'es2022',
      module: 'nodenext',
      outDir: 'dist',
      types: ['node'],
      skipLibCheck: true,
      esModuleInterop: true,
      experimentalDecorators: true,
      emitDecoratorMetadata: true,
    },
    include: ['main.ts'],
  }),
};

const NEXT = {
  'app/layout.tsx': 'next/app/layout.tsx',
  'app/visits/route.ts': 'next/app/visits/route.ts',
};

const NEXT_NEEDS = [
  'aerospike',
  'next',
  'react',
  'react-dom',
  'typescript@5',
  '@types/node@22',
  '@types/react',
];

/** Web frameworks. */
export const FRAMEWORKS: readonly SetUp[] = [
  {
    name: 'Express',
    sections: ['Express'],
    group: 'shared',
    application: {},
    requests: REQUESTS,
    source: 'application',
    expected: { measured: REQUESTS.length },
    shows: ['express'],
  },
  {
    name: 'Fastify',
    sections: ['Fastify'],
    group: 'shared',
    application: {},
    requests: REQUESTS,
    source: 'application',
    expected: { measured: REQUESTS.length },
    shows: ['fastify'],
  },
  {
    name: 'NestJS',
    sections: ['NestJS'],
    group: 'shared',
    needs: [
      'aerospike',
      '@nestjs/common',
      '@nestjs/core',
      '@nestjs/platform-express',
      'reflect-metadata',
      'rxjs',
      'typescript@5',
      '@types/node@22',
    ],
    application: { 'main.ts': 'nestjs/main.ts' },
    files: NESTJS,
    commands: [
      'npx tsc',
      'node --require opentelemetry-instrumentation-aerospike/register dist/main.js',
    ],
    requests: REQUESTS,
    expected: { measured: REQUESTS.length },
    shows: ['@nestjs/core'],
  },
  {
    name: 'Next.js',
    sections: ['Next.js'],
    group: 'next',
    needs: NEXT_NEEDS,
    application: NEXT,
    requests: ['/visits', '/visits', '/visits'],
    expected: { measured: 3 },
    shows: ['next'],
  },
  {
    name: 'Next.js, this package bundled',
    sections: ['Next.js'],
    group: 'next',
    needs: NEXT_NEEDS,
    application: NEXT,
    files: { 'next.config.ts': "export default { serverExternalPackages: ['aerospike'] };\n" },
    requests: ['/visits', '/visits', '/visits'],
    expected: { says: [/.*bundle.*/] },
    shows: ['next'],
  },
];
