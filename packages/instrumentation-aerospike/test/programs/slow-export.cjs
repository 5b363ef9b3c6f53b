// A process that exports when it ends, until there is something on its standard input, and says when it is asked to end.
const { once } = require('node:events');
const { exportAtEnd } = require('../../build/src/processes/process-end.js');

exportAtEnd({
  async shutdown() {
    console.log('exporting');
    await once(process.stdin, 'data');
    console.log('exported');
    process.stdin.pause();
  },
});
process.on('removeListener', name => {
  if (name === 'SIGTERM') console.log('asked to end');
});
