import type { Attributes } from '@opentelemetry/api';
import type { Metric } from './metrics';

/** Takes the value that a metric has with one attribute set, which is the same object whenever it is reported. */
export type ReportValue = (metric: Metric, value: number, attributes: Attributes) => void;

/** Reports everything there is to report at this moment. Called whenever somebody collects. */
export type Read = (report: ReportValue) => void;
