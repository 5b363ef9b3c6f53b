import { parseArgs, type ParseArgsConfig } from 'node:util';
import { CannotRun } from './cannot-run';

/**
 * Reads a command line that has nothing but these options.
 *
 * @throws CannotRun when it has something else
 */
export function readCommandLine<Options extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: Options,
): ReturnType<typeof parseArgs<{ options: Options }>>['values'] {
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    // What follows the first sentence is advice for programs that take more than these options.
    const [sentence] = (error as Error).message.split(/\. |\.?\n/);
    throw new CannotRun(`${sentence ?? ''}; --help lists the options.`);
  }
}
