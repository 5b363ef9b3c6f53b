import type { SetUp } from '../set-up';
import { BUNDLERS } from './bundlers';
import { VERSIONS } from './clients';
import { FRAMEWORKS } from './frameworks';
import { LOADING } from './loading';
import { MISSING_PACKAGES } from './missing-packages';
import { OPENTELEMETRY } from './opentelemetry';
import { PACKAGE_MANAGERS } from './package-managers';
import { PROCESSES } from './processes';
import { TEST_RUNNERS } from './test-runners';

/** Every set-up, in the order of the table. */
export const SET_UPS: readonly SetUp[] = [
  ...PACKAGE_MANAGERS,
  ...MISSING_PACKAGES,
  ...LOADING,
  ...OPENTELEMETRY,
  ...FRAMEWORKS,
  ...TEST_RUNNERS,
  ...PROCESSES,
  ...BUNDLERS,
  ...VERSIONS,
];
