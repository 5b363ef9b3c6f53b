export { freePort, takePort } from './ports';
export { Program, type ProgramOptions, type ProgramResult } from './program';
