import { eventually } from '@test/support';
import type { PrometheusServer } from '@test/support/build/prometheus-server';

/** A time in seconds when a condition, a query, was met. What is asked for that time has one answer for ever. */
export async function timeOf(prometheus: PrometheusServer, condition: string): Promise<number> {
  return eventually(condition, async () => {
    const [met] = await prometheus.query(condition);
    if (met?.value === undefined) return undefined;
    const [time] = met.value;
    await eventually('another scrape of every target', async () => {
      const earlier = await prometheus.query(`timestamp(up) <= ${time}`);
      return earlier.length === 0 || undefined;
    });
    // A scrape that was under way and failed has taken its series away since.
    const [asOfNow] = await prometheus.query(condition, time);
    return asOfNow && time;
  });
}
