/** The boundaries that the semantic conventions advise, in seconds: what everything here uses, unless it is varied. */
export const BOUNDARIES = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10];
