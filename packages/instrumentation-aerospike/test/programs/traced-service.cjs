// A service with an SDK for traces only. It prints the span context of its one operation, which needs no server, and
// waits for the end of its standard input.
const { trace } = require('@opentelemetry/api');
const { SimpleSpanProcessor, TracerProvider } = require('@opentelemetry/sdk-trace');

const exporter = {
  export([span], done) {
    const { traceId, spanId } = span.spanContext();
    console.log(`span ${traceId} ${spanId}`);
    done({ code: 0 });
  },
  shutdown: () => Promise.resolve(),
};
const spanProcessors = [new SimpleSpanProcessor({ exporter })];
trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors }));
require('./service.cjs');
