// A service that handles SIGTERM once, before any other listener.
require('./service.cjs');

process.prependOnceListener('SIGTERM', () => {
  console.log('draining');
  process.exitCode = 7;
});
