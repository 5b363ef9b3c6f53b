/** What V8 and the memory watch print before they end a process. */
const OUT_OF_MEMORY = /out of memory|invalid size error|invalid array length Allocation failed/i;

/** Says in some words why a process has ended, from its exit code or signal and the last lines that it printed. */
export function causeOfEnd(
  code: number | null,
  signal: NodeJS.Signals | null,
  lastOutput: string,
): string {
  if (OUT_OF_MEMORY.test(lastOutput)) return 'it ran out of memory';
  const [error] = /^\w*Error\b.*$/m.exec(lastOutput) ?? [];
  if (error !== undefined) return error;
  return signal === null ? `it exited with code ${code}` : `it was ended by ${signal}`;
}
