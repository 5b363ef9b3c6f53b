// Loaded first into the programs that the documentation shows: they listen on free ports instead of those that they
// name. DOCUMENTED_PORTS is JSON, such as {"9464": 43127}.
const { Server } = require('node:net');

const ports = JSON.parse(process.env.DOCUMENTED_PORTS ?? '{}');
const freePort = port => ports[port] ?? port;

const { listen } = Server.prototype;
Server.prototype.listen = function (first, ...others) {
  const isOptions = typeof first === 'object' && first !== null && 'port' in first;
  const address = isOptions ? { ...first, port: freePort(first.port) } : freePort(first);
  return listen.call(this, address, ...others);
};
