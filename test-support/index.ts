export { PATIENT } from './patience';
export { freePort, takePort } from './ports';
export { Program, type ProgramOptions, type ProgramResult } from './program';
