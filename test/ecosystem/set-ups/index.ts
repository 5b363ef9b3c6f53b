import type { SetUp } from '../set-up';
import { LOADING } from './loading';
import { OPENTELEMETRY } from './opentelemetry';
import { PACKAGE_MANAGERS } from './package-managers';

/** Every set-up, in the order of the table. */
export const SET_UPS: readonly SetUp[] = [...PACKAGE_MANAGERS, ...LOADING, ...OPENTELEMETRY];
