import type { Scenario } from '../scenario';
import { APPLICATION } from './application';
import { CLUSTER } from './cluster';
import { LIMITS } from './limits';
import { SCRAPES_GONE_WRONG } from './scrapes';
import { SERVER } from './server';
import { TELEMETRY } from './telemetry';

/** All that goes wrong, in the order of the table in docs/reliability.md. */
export const SCENARIOS: readonly Scenario[] = [
  ...SERVER,
  ...CLUSTER,
  ...LIMITS,
  ...SCRAPES_GONE_WRONG,
  ...TELEMETRY,
  ...APPLICATION,
];
