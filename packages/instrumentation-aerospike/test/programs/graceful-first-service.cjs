// A service that handles SIGTERM once, before any other listener.
require('./service.cjs');

process.prependOnceListener('SIGTERM', () => {
  console.log('ending gracefully');
  process.exitCode = 7;
});
