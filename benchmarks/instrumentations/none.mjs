/** Leaves the client as it is: what is measured then is the method's own error. */
export function create() {
  return { instrument: () => undefined };
}
