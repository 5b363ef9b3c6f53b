import { commandsOf, expanded, isCheckedUnrun } from './commands';
import { isLayout } from './layout';
import type { Block, Document } from './markdown';
import type { Shown, Step } from './session';

/** The languages of blocks that are commands, and of those that are their output. */
export const STEP_LANGUAGES = ['sh', 'text'];

/**
 * What to do with a document's commands, in their order. A text below commands is what they print; a comment above it,
 * such as "output of `npm run demo`, numbers vary", names another command. What a command that is not run has printed at
 * some time, such as a benchmark, is not compared.
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
  return {
    commands: run.map(expanded),
    isAtRoot: isAtRoot || isScript,
    isScript,
    shown: [],
    isRepeated: false,
  };
}

function shownBy({ text, comment = '' }: Block): Shown {
  return { text, numbersVary: comment.endsWith('numbers vary') };
}
