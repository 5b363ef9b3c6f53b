import { OPERATIONS, type SetUp } from '../set-up';
import { OPENTELEMETRY_2 } from './versions';

/** The oldest and newest supported versions, and a client under another name. */
export const VERSIONS: readonly SetUp[] = [
  {
    name: 'A client under another name',
    sections: ['A client under another name'],
    group: 'shared',
    environment: { AEROSPIKE_MODULE: 'as' },
    expected: { measured: OPERATIONS },
    shows: ['as'],
  },
  {
    name: 'The oldest client, the oldest SDK',
    sections: ['npm'],
    node: 20,
    needs: ['aerospike@5.12.1'],
    versions: {
      ...OPENTELEMETRY_2,
      '@opentelemetry/exporter-prometheus': '0.209.0',
      '@opentelemetry/sdk-metrics': '2.0.0',
    },
    expected: { measured: OPERATIONS },
    shows: ['aerospike', '@opentelemetry/sdk-metrics', '@opentelemetry/exporter-prometheus'],
  },
  {
    name: 'The oldest client, the newest SDK',
    sections: ['npm'],
    needs: ['aerospike@5.12.1'],
    expected: { measured: OPERATIONS },
    shows: ['aerospike', '@opentelemetry/sdk-metrics', '@opentelemetry/exporter-prometheus'],
  },
  {
    name: 'aerospike 6.0',
    sections: ['npm'],
    needs: ['aerospike@6.0.0'],
    expected: { measured: OPERATIONS },
    shows: ['aerospike', '@opentelemetry/sdk-metrics', '@opentelemetry/exporter-prometheus'],
  },
];
