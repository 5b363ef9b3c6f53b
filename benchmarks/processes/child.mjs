/** What the parent has asked this process for. */
export function options() {
  return JSON.parse(process.argv[2]);
}

/** Hands the result to the parent and ends, whatever timers or sockets are left. */
export function report(result) {
  process.send(result, () => process.exit());
}
