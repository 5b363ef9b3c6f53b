// Loaded into a program before everything else: keeps each span of an operation, one a line of the file SPANS_FILE.
import { createWriteStream, type WriteStream } from 'node:fs';
import { trace } from '@opentelemetry/api';
import {
  TracerProvider,
  SimpleSpanProcessor,
  type ReadableSpan,
  type SpanExporter,
} from '@opentelemetry/sdk-trace';

/** A span as it stands in the file. */
export interface RecordedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly operation: string;
  readonly seconds: number;
}

let file: WriteStream | undefined;

const exporter: SpanExporter = {
  export(spans, done) {
    // Not before there is one: the processes that the program starts have none, and would empty the file.
    file ??= createWriteStream(process.env.SPANS_FILE ?? '');
    for (const span of spans) file.write(`${JSON.stringify(recorded(span))}\n`);
    done({ code: 0 });
  },
  shutdown: () => Promise.resolve(),
};

function recorded(span: ReadableSpan): RecordedSpan {
  const { traceId, spanId } = span.spanContext();
  const operation = String(span.attributes['db.operation.name']);
  const [seconds, nanoseconds] = span.duration;
  return { traceId, spanId, operation, seconds: seconds + nanoseconds / 1e9 };
}

trace.setGlobalTracerProvider(
  new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] }),
);
