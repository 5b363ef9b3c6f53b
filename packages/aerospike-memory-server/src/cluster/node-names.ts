const LETTERS = ['A', 'B', 'C', 'D', 'E', 'F'] as const;
const LONE_NODE = 'B1';

/**
 * The next name that no node has: A1, B1, … F1, A2, … Names of nodes are hexadecimal numbers. The node of a cluster that
 * is created with one alone is B1.
 */
export function unusedName(used: readonly string[], createdWith: number): string {
  if (createdWith === 1 && used.length === 0) return LONE_NODE;
  for (let i = 0; ; i++) {
    const name = `${LETTERS[i % LETTERS.length] ?? ''}${Math.floor(i / LETTERS.length) + 1}`;
    if (!used.includes(name)) return name;
  }
}
