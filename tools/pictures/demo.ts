import { join } from 'node:path';
import { freePort, Program, ROOT } from '@test/support';
import { terminal } from './terminal';

/** The picture of the demo's terminal. */
export const DEMO_PICTURE = join(ROOT, 'docs/demo.svg');

const MAIN = join(ROOT, 'examples/demo/build/src/main.js');
const OPTIONS = ['--duration', '3'];

/**
 * Runs the demo against its embedded server.
 *
 * @returns a picture of what it has printed, without the address of its metrics, whose port is any free one
 * @throws Error when the demo fails
 */
export async function demoPicture(): Promise<string> {
  const demo = new Program([MAIN, ...OPTIONS], {
    env: {
      AEROSPIKE_HOSTS: '',
      OTEL_EXPORTER_PROMETHEUS_PORT: String(await freePort()),
      NO_COLOR: '1',
    },
  });
  const { code, stdout, stderr } = await demo.result();
  if (code !== 0) throw new Error(`the demo has ended with ${code}: ${stderr}`);
  return terminal(`npm run demo -- ${OPTIONS.join(' ')}`, stdout.replace(/^Metrics: .*\n/, ''));
}
