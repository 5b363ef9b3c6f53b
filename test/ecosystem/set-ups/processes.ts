import { recipeOf } from '../page';
import { OPERATIONS, type SetUp } from '../set-up';

const CLUSTER: Pick<SetUp, 'group' | 'sections' | 'leaves' | 'ports' | 'finally' | 'shows'> = {
  group: 'pm2',
  sections: ['PM2'],
  leaves: true,
  ports: 2,
  finally: ['npx pm2 kill'],
  shows: ['pm2'],
};

/** What starts processes for the application. */
export const PROCESSES: readonly SetUp[] = [
  {
    name: 'PM2, cluster of two',
    ...CLUSTER,
    expected: { measured: 2 * OPERATIONS },
  },
  {
    name: 'PM2, reloaded',
    ...CLUSTER,
    // Each process that takes the place of another does the operations again.
    then: ['npx pm2 reload app'],
    expected: { measured: 2 * OPERATIONS },
  },
  {
    name: 'Docker, its instructions without its engine',
    sections: ['Docker'],
    commands: instructionsOf(recipeOf(['Docker']).files.Dockerfile ?? ''),
    expected: { measured: OPERATIONS },
  },
];

/** The commands that a Dockerfile runs, each with the variables that are set before it. */
function instructionsOf(dockerfile: string): string[] {
  const variables: string[] = [];
  const commands: string[] = [];
  for (const [, instruction, text = ''] of dockerfile.matchAll(/^([A-Z]+) (.*)$/gm)) {
    if (instruction === 'ENV') variables.push(text);
    if (instruction === 'RUN') commands.push([...variables, text].join(' '));
    if (instruction === 'CMD') {
      commands.push([...variables, ...(JSON.parse(text) as string[])].join(' '));
    }
  }
  return commands;
}
