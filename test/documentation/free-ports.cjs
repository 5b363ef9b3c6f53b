// Loaded first into the programs that the documentation shows: they listen on free ports instead of those that they
// name. DOCUMENTED_PORTS is JSON, such as {"9464": 43127}.
const childProcess = require('node:child_process');
const { Server } = require('node:net');

const ports = JSON.parse(process.env.DOCUMENTED_PORTS ?? '{}');
const freePort = port => ports[port] ?? port;

const { listen } = Server.prototype;
Server.prototype.listen = function (first, ...others) {
  const isOptions = typeof first === 'object' && first !== null && 'port' in first;
  const address = isOptions ? { ...first, port: freePort(first.port) } : freePort(first);
  return listen.call(this, address, ...others);
};

// The memory server runs in a process of its own, which it starts without NODE_OPTIONS.
const { fork } = childProcess;
childProcess.fork = function (module, args = [], options = {}) {
  // The arguments may be left out.
  if (!Array.isArray(args)) return childProcess.fork(module, [], args);
  const { execArgv = process.execArgv } = options;
  return fork(module, args, { ...options, execArgv: ['--require', __filename, ...execArgv] });
};
