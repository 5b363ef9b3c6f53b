// A service that ends in its own way when it is asked to.
require('./service.cjs');

process.on('SIGTERM', () => {
  console.log('ending gracefully');
  process.exitCode = 7;
  process.stdin.destroy();
});
