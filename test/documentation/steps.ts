import { commandsOf, expanded, isCheckedUnrun } from './commands';
import { isLayout } from './layout';
import type { Block, Document } from './markdown';
import type { Shown, Step } from './session';

/** The languages of blocks that are commands, and of those that are their output. */
export const STEP_LANGUAGES = ['sh', 'text'];

/**
 * The commands of a document, in their order, with what they print. A `text` block shows what the commands above it
 * print, unless a comment such as "output of `npm run demo`, numbers vary" names another command. Commands that are not
 * run, such as benchmarks, are not compared with what is shown of them.
 */
export function stepsOf({ path, blocks }: Document): Step[] {
  const isAtRoot = !/^(docs|packages)\//.test(path);
  const steps: Step[] = [];
  for (const block of blocks) {
    const { language, text, line, comment = '' } = block;
    const [, command] = /^output of `([^`]+)`/.exec(comment) ?? [];
    if (language === 'sh') steps.push(stepOf(commandsOf(text), isAtRoot));
    else if (language !== 'text' || isLayout(block)) continue;
    else if (command !== undefined)
      steps.push({ ...stepOf([command], isAtRoot), shown: [shownBy(block)], isRepeated: true });
    else {
      const last = steps.pop();
      if (!last?.commands.length) throw new Error(`line ${line}: no command prints this`);
      steps.push({ ...last, shown: [...last.shown, shownBy(block)] });
    }
  }
  return steps;
}

/** Commands of which nothing is shown. */
export function stepOf(commands: readonly string[], isAtRoot = false): Step {
  const run = commands.filter(command => !isCheckedUnrun(command));
  const isScript = run.some(command => /^(\w+=\S+ )*npm /.test(command));
  const isApplication = run.some(command => command.endsWith(' app.js'));
  return {
    commands: run.map(expanded),
    isAtRoot: (isAtRoot && !isApplication) || isScript,
    isScript,
    shown: [],
    isRepeated: false,
  };
}

function shownBy({ text, comment = '' }: Block): Shown {
  return { text, numbersVary: comment.endsWith('numbers vary') };
}
