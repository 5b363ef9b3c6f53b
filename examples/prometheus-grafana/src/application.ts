import { openDatabase } from '@example/aerospike-demo/build/src/database';
import { interruption } from '@example/aerospike-demo/build/src/interruption';
import { CallCounts, fill, runTraffic } from '@example/aerospike-demo/build/src/traffic';

/** The shop of the demo without a line about metrics: `--require opentelemetry-instrumentation-aerospike/register`. */
async function main(): Promise<void> {
  const stop = interruption();
  const database = await openDatabase(process.env.AEROSPIKE_HOSTS);
  const calls = new CallCounts();
  await fill(database, calls);
  await runTraffic(database, calls, stop);
  await database.close();
}

main().catch((error: unknown) => {
  console.error((error as Error).message);
  process.exitCode = 1;
});
