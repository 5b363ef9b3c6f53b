import type { MeterProvider } from '@opentelemetry/api';
import { registeredWithApi, unseenVersion } from './api-globals';
import { className } from './diagnostics';
import { describeClients } from './patching/found-clients';
import type { AerospikeClass } from './patching/class-patch';
import { isNoop } from './series/meter-recorder';
import type { Recorder } from './series/recorder';
import type { Findings } from './summary';
import { metricsUnwantedBy } from './switches';
import type { SpanFactory } from './tracing/span-factory';

/** An instrumentation, as the summary looks at it. */
export interface Inspected {
  readonly classes: readonly AerospikeClass[];
  readonly meterProvider: MeterProvider;
  readonly recorder: Recorder;
  /** Whether somebody has chosen the recorder: the application, or another part of this package. */
  readonly isRecorderGiven: boolean;
  readonly spans: SpanFactory;
}

/** What an instrumentation has found: clients, providers, and where it records. */
export function findingsOf(inspected: Inspected): Findings {
  const { meterProvider, classes, spans } = inspected;
  const tracerProvider = spans.provider;
  return {
    client: describeClients(classes),
    MeterProvider: [isNoop(meterProvider) ? notSeen('metrics') : className(meterProvider)],
    TracerProvider: [
      tracerProvider === undefined
        ? notSeen('trace')
        : className(tracerProvider) + (spans.isWanted ? '' : ', which gets none (tracing: false)'),
    ],
    metrics: classes.length === 0 ? [] : placeOf(inspected),
  };
}

/** That no provider is registered, or why the one that is gets nothing. */
function notSeen(kind: 'metrics' | 'trace'): string {
  if (registeredWithApi()[kind] === undefined) return 'none is registered';
  const unseen = unseenVersion(kind);
  return unseen === undefined
    ? 'one that does nothing, or fails'
    : `one is registered through @opentelemetry/api ${unseen}, which this package does not see`;
}

function placeOf({ recorder, isRecorderGiven, meterProvider }: Inspected): string[] {
  if ('collect' in recorder) {
    return [`in the ${className(recorder)} of the application, for the reader that has it`];
  }
  // Whoever has made it tells more.
  if (isRecorderGiven) return [];
  if (recorder.refresh()) return ['in the MeterProvider of the application, which exports them'];
  const unwantedBy = metricsUnwantedBy(process.env);
  if (unwantedBy !== undefined) return [`nowhere, since ${unwantedBy}`];
  const reason = isNoop(meterProvider) ? 'there is no MeterProvider' : 'the MeterProvider fails';
  return [`nowhere, since ${reason}`];
}
