// Two workers that do the same.
const cluster = require('node:cluster');

if (cluster.isPrimary) {
  const workers = [cluster.fork(), cluster.fork()];
  process.on('SIGTERM', () => workers.forEach(worker => worker.kill()));
} else {
  require('./worker.js');
}
