const { stderr } = process;

/** Says on a terminal what is being measured, in one line that is written over again. */
export function showProgress(part) {
  const show = text => {
    if (stderr.isTTY) stderr.write(`\r\x1b[K${text}`);
  };
  const progress = text => {
    show(`${part}: ${text}`);
  };
  progress.end = () => {
    show('');
  };
  return progress;
}
