/**
 * The longest time that nothing else can happen while something is under way, in milliseconds.
 *
 * @param now on the clock that measures it
 */
export async function longestBlock(work, now = () => performance.now()) {
  let longest = 0;
  let last = now();
  let isRunning = true;
  const tick = () => {
    const time = now();
    longest = Math.max(longest, time - last);
    last = time;
    if (isRunning) setImmediate(tick);
  };
  setImmediate(tick);
  await work();
  isRunning = false;
  return longest;
}

/** CPU time of this process, in milliseconds: where other processes want the same cores it does not run on with them. */
export function cpuTime() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
