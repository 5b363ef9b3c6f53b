/** Frees a port when it is the one that is served; tells whether it was. */
type Leave = (port: number) => Promise<boolean>;

const leaving = new Set<Leave>();

/** Has what serves metrics without having been asked by the application make room for what the application asks for. */
export function yieldPort(leave: Leave): void {
  leaving.add(leave);
}

/** Frees a port if something yields it; tells whether something did. */
export async function clearPort(port: number): Promise<boolean> {
  for (const leave of leaving) {
    if (!(await leave(port))) continue;
    leaving.delete(leave);
    return true;
  }
  return false;
}
