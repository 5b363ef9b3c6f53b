import { OPERATIONS, type SetUp } from '../set-up';
import { OPENTELEMETRY_2 } from './versions';

/** SDKs that the application sets up. */
export const OPENTELEMETRY: readonly SetUp[] = [
  {
    name: 'NodeSDK, OpenTelemetry 3.x',
    sections: ['NodeSDK'],
    group: 'opentelemetry',
    expected: { measured: OPERATIONS, spans: OPERATIONS },
  },
  {
    name: 'NodeSDK, OpenTelemetry 2.x',
    sections: ['NodeSDK'],
    group: 'opentelemetry',
    node: 20,
    versions: OPENTELEMETRY_2,
    expected: { measured: OPERATIONS, spans: OPERATIONS },
  },
];
