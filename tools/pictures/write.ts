/* Renews the pictures of the documentation from what the programs really print: npm run pictures */
import { writeFileSync } from 'node:fs';
import { DEMO_PICTURE, demoPicture } from './demo';
import { TRACE_PICTURE, tracePicture } from './trace';

async function main(): Promise<void> {
  writeFileSync(DEMO_PICTURE, await demoPicture());
  writeFileSync(TRACE_PICTURE, await tracePicture());
}

void main();
