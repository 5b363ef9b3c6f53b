/*
 * Imported once for each client, under another URL, so that each has code of its own:
 * the engine optimises a function for all the objects that it has met.
 */

export const KEYS = 1000;

/** The measured operations, as functions of the operation's number. */
export function operationsOf(aerospike, client) {
  const keys = Array.from(
    { length: KEYS },
    (_, number) => new aerospike.Key('test', 'users', `user-${number}`),
  );
  const bins = { number: 1, text: 'some text' };
  return {
    put: number => client.put(keys[number % KEYS], bins),
    get: number => client.get(keys[number % KEYS]),
  };
}

/** Makes a number of operations, so many of them at a time. Nanoseconds of CPU and of time that each has taken. */
export async function runBlock(operation, { size, inFlight }) {
  let made = 0;
  async function work() {
    while (made < size) await operation(made++);
  }
  const startTime = performance.now();
  const startCpu = process.cpuUsage();
  await Promise.all(Array.from({ length: inFlight }, work));
  const { user, system } = process.cpuUsage(startCpu);
  return {
    cpu: ((user + system) * 1e3) / size,
    wall: ((performance.now() - startTime) * 1e6) / size,
  };
}
