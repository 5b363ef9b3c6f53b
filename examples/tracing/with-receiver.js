// Runs the application, and stands in for an OpenTelemetry Collector: it prints every trace that it gets,
// and shows one again at http://localhost:4318/<trace id>.
const { fork } = require('node:child_process');
const { createServer } = require('node:http');
const { json } = require('node:stream/consumers');

/** The spans of each trace, by its id. */
const traces = new Map();

const receiver = createServer(async (request, response) => {
  if (request.method === 'GET') {
    response.end(textOf(request.url.slice(1)));
    return;
  }
  const { resourceSpans = [] } = await json(request);
  response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  for (const { scopeSpans } of resourceSpans) {
    for (const { spans } of scopeSpans) spans.forEach(receive);
  }
});

function receive(span) {
  traces.set(span.traceId, [...(traces.get(span.traceId) ?? []), span]);
  // The span of the request ends last.
  if (!span.parentSpanId) process.stdout.write(textOf(span.traceId));
}

function textOf(traceId) {
  const spans = traces.get(traceId) ?? [];
  const linesOf = (span, indentation) => [
    `${indentation}${lineOf(span)}\n`,
    ...spans
      .filter(({ parentSpanId }) => parentSpanId === span.spanId)
      .flatMap(child => linesOf(child, `${indentation}  `)),
  ];
  return spans
    .filter(({ parentSpanId }) => !parentSpanId)
    .flatMap(root => linesOf(root, ''))
    .join('');
}

function lineOf({ name, attributes, startTimeUnixNano, endTimeUnixNano }) {
  const path = attributes.find(({ key }) => key === 'url.path')?.value.stringValue;
  const milliseconds = Number(BigInt(endTimeUnixNano) - BigInt(startTimeUnixNano)) / 1e6;
  return `${[name, path].filter(Boolean).join(' ')} ${milliseconds.toFixed(2)} ms`;
}

receiver.listen(process.env.RECEIVER_PORT ?? 4318, 'localhost', () => {
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
