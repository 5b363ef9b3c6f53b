import { recipeOf } from '../page';
import { OPERATIONS, type SetUp } from '../set-up';

/** How packages are installed and laid out. */
export const PACKAGE_MANAGERS: readonly SetUp[] = [
  {
    name: 'npm',
    sections: ['npm'],
    expected: { measured: OPERATIONS },
  },
  {
    name: 'npm, Node.js 20',
    sections: ['npm'],
    node: 20,
    expected: { measured: OPERATIONS },
  },
  {
    name: 'npm, Node.js 24',
    sections: ['npm'],
    node: 24,
    expected: { measured: OPERATIONS },
  },
  {
    name: 'npm, Node.js 20, OpenTelemetry 2.x',
    sections: ['Node.js 20', 'npm'],
    node: 20,
    installs: recipeOf(['Node.js 20']).installs,
    expected: { measured: OPERATIONS },
  },
  {
    name: 'pnpm',
    sections: ['pnpm'],
    manager: 'pnpm',
    expected: { measured: OPERATIONS },
  },
  {
    name: 'Yarn 1',
    sections: ['Yarn 1'],
    manager: 'yarn 1',
    expected: { measured: OPERATIONS },
  },
  {
    name: 'Yarn 1, Node.js 20',
    sections: ['Yarn 1 on Node.js 20'],
    manager: 'yarn 1',
    node: 20,
    expected: { measured: OPERATIONS },
  },
  {
    name: 'Yarn, node-modules',
    sections: ['Yarn'],
    manager: 'yarn',
    files: { '.yarnrc.yml': 'nodeLinker: node-modules\n' },
    expected: { measured: OPERATIONS },
  },
  {
    name: "Yarn, Plug'n'Play",
    sections: ['Yarn'],
    manager: 'yarn',
    files: { '.yarnrc.yml': 'nodeLinker: pnp\n' },
    expected: { measured: OPERATIONS },
  },
  {
    name: 'Yarn, pnpm linker',
    sections: ['Yarn'],
    manager: 'yarn',
    files: { '.yarnrc.yml': 'nodeLinker: pnpm\n' },
    expected: { measured: OPERATIONS },
  },
];
