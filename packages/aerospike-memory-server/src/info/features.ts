/** The release whose protocol is spoken, and what it says of itself; clients choose their requests by it. */
export const BUILD = '8.1.2.0';
export const EDITION = 'Aerospike Community Edition';
export const COMPATIBILITY_ID = '15';

export const FEATURES = [
  'batch-any',
  'batch-index',
  'blob-bits',
  'cdt-index',
  'cdt-list',
  'cdt-map',
  'cluster-stable',
  'float',
  'geo',
  'sindex-exists',
  'peers',
  'pipelining',
  'pquery',
  'pscans',
  'query-show',
  'relaxed-sc',
  'replicas',
  'replicas-all',
  'replicas-master',
  'replicas-max',
  'truncate-namespace',
  'udf',
].join(';');
