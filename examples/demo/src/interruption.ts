/** A signal that is given when the user, or whoever started the demo, wants it to end. */
export function interruption(): AbortSignal {
  const interrupted = new AbortController();
  const interrupt = () => {
    interrupted.abort();
  };
  // npm passes a Ctrl-C on that the terminal has sent to the demo too: the second one must not kill it.
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  // Nobody reads on, as behind `| head`.
  process.stdout.on('error', interrupt);
  return interrupted.signal;
}
