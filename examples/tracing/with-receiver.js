// Runs the application, and stands in for an OpenTelemetry Collector: it prints every trace that it gets.
const { fork } = require('node:child_process');
const { createServer } = require('node:http');
const { json } = require('node:stream/consumers');

/** The spans of traces that are not complete yet, by trace. */
const traces = new Map();

const receiver = createServer(async (request, response) => {
  const { resourceSpans = [] } = await json(request);
  response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  for (const { scopeSpans } of resourceSpans) {
    for (const { spans } of scopeSpans) spans.forEach(receive);
  }
});

function receive(span) {
  const spans = traces.get(span.traceId) ?? [];
  traces.set(span.traceId, [...spans, span]);
  if (span.parentSpanId) return;
  print(span, '');
  traces.delete(span.traceId);
}

function print(span, indentation) {
  const path = span.attributes.find(({ key }) => key === 'url.path')?.value.stringValue;
  const name = [span.name, path].filter(Boolean).join(' ');
  const milliseconds = Number(BigInt(span.endTimeUnixNano) - BigInt(span.startTimeUnixNano)) / 1e6;
  console.log(`${indentation}${name} ${milliseconds.toFixed(2)} ms`);
  for (const child of traces.get(span.traceId)) {
    if (child.parentSpanId === span.spanId) print(child, `${indentation}  `);
  }
}

receiver.listen(0, 'localhost', () => {
  const application = fork('./app.js', {
    execArgv: ['--require', './telemetry.js'],
    env: {
      ...process.env,
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://localhost:${receiver.address().port}`,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      OTEL_BSP_SCHEDULE_DELAY: '500',
    },
  });
  process.on('SIGTERM', () => application.kill());
  process.on('SIGINT', () => undefined); // it reaches the application too
  application.on('exit', () => receiver.close());
});
