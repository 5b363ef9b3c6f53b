import { Answer, lastAnswer } from '../../protocol/answer';
import type { Message } from '../../protocol/message';
import { StreamRecord } from '../../udf/draft-record';
import type { AnswerFrames, CommandScope } from '../command';
import { passes } from '../record-view';
import { callUdf, udfCallIn } from '../udf';
import { candidates, parseQuery, type Query } from './query';

/** Hands the records as a stream to a function. There is one result a node; the client reduces it with its own Lua function. */
export function aggregate(scope: CommandScope, message: Message): AnswerFrames {
  const stream = streamOf(parseQuery(scope, message));
  const answer = new Answer();
  const succeeded = callUdf(scope.store, udfCallIn(message.fields), stream, answer);
  return succeeded ? [[answer], [lastAnswer()]] : [[answer]];
}

function* streamOf(query: Query): Generator<StreamRecord, void> {
  const { namespace, filter } = query;
  for (const { record } of candidates(query)) {
    if (!passes(filter, namespace, record)) continue;
    yield new StreamRecord({ namespace, set: record.set, digest: record.digest, record });
  }
}
