import assert from 'node:assert/strict';
import { HISTOGRAM_KINDS } from '@example/prometheus-grafana/build/src/scope';
import { FIGURES, type Figures } from '@repository/tools/build/at-scale/figures';
import { AerospikeMemoryServer } from 'aerospike-memory-server';
import { RELEASES, type PrometheusRelease } from '@test/support/build/prometheus-releases';
import { measure, WideService } from './measurement';

/** The newest there is. */
const [release] = RELEASES.slice(-1) as [PrometheusRelease];

/** How far a figure may be from what is measured, of those that do not depend on the machine. The others are printed. */
const TOLERANCE: Readonly<Partial<Record<keyof Figures, number>>> = {
  series: 1,
  others: 1,
  bytes: 1.5,
};

describe(`the figures of docs/at-scale.md, measured with ${release.title}`, function () {
  this.timeout(180_000);

  let database: AerospikeMemoryServer;
  let service: WideService;

  before(async () => {
    database = await AerospikeMemoryServer.create();
    service = await WideService.start(database.port);
  });

  after(async () => {
    await (service as WideService | undefined)?.stop();
    await database.stop();
  });

  for (const kind of HISTOGRAM_KINDS) {
    it(`are right for ${kind} histograms`, async () => {
      const measured = await measure(release, kind, service);
      console.log(`      ${JSON.stringify(measured)}`);
      for (const [name, tolerance] of Object.entries(TOLERANCE)) {
        const figure = name as keyof Figures;
        const ratio = measured[figure] / FIGURES[kind][figure];
        assert.ok(
          ratio <= tolerance && ratio >= 1 / tolerance,
          `${figure}: ${measured[figure]} is far from ${FIGURES[kind][figure]}`,
        );
      }
    });
  }
});
