/** Why a program cannot run, in one sentence for whoever started it. */
export class CannotRun extends Error {}
