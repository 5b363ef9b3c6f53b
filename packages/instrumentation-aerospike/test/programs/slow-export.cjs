// A process that exports when it ends, until there is something on its standard input.
const { once } = require('node:events');
const { exportAtEnd } = require('../../build/src/register/lifecycle.js');

exportAtEnd({
  async shutdown() {
    console.log('exporting');
    await once(process.stdin, 'data');
    console.log('exported');
    process.stdin.pause();
  },
});
