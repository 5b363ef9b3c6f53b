/* Renews the pictures of the documentation from what the programs really print: npm run pictures */
import { writeFileSync } from 'node:fs';
import { RELEASES } from '@test/support/build/prometheus-releases';
import { dashboardPictures } from './dashboard';
import { DEMO_PICTURE, demoPicture } from './demo';
import { TRACE_PICTURE, tracePicture } from './trace';

async function main(): Promise<void> {
  writeFileSync(DEMO_PICTURE, await demoPicture());
  writeFileSync(TRACE_PICTURE, await tracePicture());
  const [release] = RELEASES;
  if (release === undefined) throw new Error('there is no Prometheus');
  for (const [file, picture] of await dashboardPictures(release)) writeFileSync(file, picture);
}

void main();
