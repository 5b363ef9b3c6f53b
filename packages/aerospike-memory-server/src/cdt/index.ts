export { executeModify, executeRead, type Executed } from './execute';
export { readCall } from './payload';
