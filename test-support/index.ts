export { Consumers } from './consumers';
export { eventually } from './eventually';
export { clientVersion, installedAt, linkInstalled } from './installed-packages';
export { OtlpReceiver, type OtlpSpan } from './otlp-receiver';
export { PATIENT } from './patience';
export { freePort, takePort } from './ports';
export { Program, type ProgramOptions, type ProgramResult } from './program';
export { samplesOf, type Sample } from './prometheus-text';
export {
  manifestOf,
  pack,
  PACKAGE_NAMES,
  PACKAGES,
  ROOT,
  type Manifest,
  type PackageName,
} from './tarballs';
