/** What npm is told to have OpenTelemetry 2.x rather than what is newest. */
export const OPENTELEMETRY_2: Readonly<Record<string, string>> = {
  '@opentelemetry/auto-instrumentations-node': '^0.81.2',
  '@opentelemetry/exporter-prometheus': '^0.223.0',
  '@opentelemetry/instrumentation': '^0.223.0',
  '@opentelemetry/sdk-metrics': '^2.0.0',
  '@opentelemetry/sdk-node': '^0.223.0',
};
