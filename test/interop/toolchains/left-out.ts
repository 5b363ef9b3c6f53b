/**
 * Leaves a suite out that needs what this machine does not have, and says so. With the variable REQUIRE_INTEROP, as in
 * CI, that is a failure instead.
 */
export function leaveOut(context: Mocha.Context, reason: string): void {
  if (process.env.REQUIRE_INTEROP) {
    throw new Error(`REQUIRE_INTEROP is set, but ${reason}`);
  }
  console.log(`    left out, because ${reason}`);
  context.skip();
}
