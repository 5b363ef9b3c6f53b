// A service that handles SIGTERM once, and before it loads anything else; it then ends with its standard input.
process.once('SIGTERM', () => {
  console.log('ending gracefully');
  process.exitCode = 7;
});

require('./service.cjs');
