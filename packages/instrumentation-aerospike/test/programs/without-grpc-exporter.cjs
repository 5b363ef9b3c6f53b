// Makes this process one in which the package is not installed.
const Module = require('node:module');

const { _resolveFilename } = Module;
Module._resolveFilename = function (name, ...rest) {
  if (name === '@opentelemetry/exporter-metrics-otlp-grpc') throw new Error('not installed');
  return _resolveFilename.call(this, name, ...rest);
};
