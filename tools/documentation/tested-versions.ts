import { MATRIX, openTelemetryVersion } from '../matrix';
import { table } from './table';

/** The combinations that all tests are run with. */
export function testedVersions(): string {
  return table(
    ['`aerospike`', 'Node.js', 'OpenTelemetry'],
    MATRIX.map(({ aerospike, node, opentelemetry }) => {
      const [sdk, api] = ['sdk-metrics', 'instrumentation'].map(
        name => `\`${name}\` ${openTelemetryVersion(opentelemetry, `@opentelemetry/${name}`)}`,
      );
      return [aerospike, node, `${opentelemetry}.x: ${sdk}, ${api}`];
    }),
  );
}
