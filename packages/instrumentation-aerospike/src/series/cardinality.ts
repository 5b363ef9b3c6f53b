import type { Attributes } from '@opentelemetry/api';
import { ATTR_OTEL_METRIC_OVERFLOW } from '../semconv';

/** How many attribute sets of a metric are kept apart, the overflow set included: as many as in OpenTelemetry's SDK. */
export const CARDINALITY_LIMIT = 2000;

/** The attribute set of all that is beyond the limit, as the OpenTelemetry specification has it. */
export const OVERFLOW: Attributes = Object.freeze({ [ATTR_OTEL_METRIC_OVERFLOW]: true });
