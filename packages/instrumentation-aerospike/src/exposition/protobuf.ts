import type { Attributes } from '@opentelemetry/api';
import type { HistogramPoint, NumberPoint } from '../series/points';
import { ByAttributes } from './by-attributes';
import type { Family } from './family';
import { labelPairs, scopePairs, type LabelPair } from './label-pairs';
import { maxHistogramLength, writeHistogram } from './protobuf-histogram';
import { ProtobufWriter } from './protobuf-writer';
import { unitOfName } from './unit';

/** Numbers of the fields of `io.prometheus.client`'s messages. */
const METRIC_FAMILY = { name: 1, help: 2, type: 3, metric: 4, unit: 5 } as const;
const METRIC = { label: 1, gauge: 2, counter: 3, histogram: 7 } as const;
const LABEL_PAIR = { name: 1, value: 2 } as const;
/** In counters and gauges alike. */
const NUMBER = { value: 1 } as const;
const METRIC_TYPE = { counter: 0, gauge: 1, histogram: 4 } as const;

const NOTHING = new Uint8Array();

const PIECE_LENGTH = 2 ** 15;
/** At most so many bytes come before and after a message's own: tags and lengths. */
const FRAME_LENGTH = 32;

/**
 * Writes metrics as messages of the type `io.prometheus.client.MetricFamily`, each after its length.
 *
 * A family with many series becomes several messages with the same head, which Prometheus takes for one: a message
 * could not be begun before its length is known, and all of it would have to be kept until then.
 *
 * @param target attributes of the resource, for `target_info`
 * @returns pieces, none longer than 32 KiB unless one series is
 * @see https://github.com/prometheus/client_model/blob/master/io/prometheus/client/metrics.proto
 */
export function* protobuf(
  families: Iterable<Family>,
  target: Attributes | undefined,
): Generator<Uint8Array, void> {
  let pieces: Uint8Array[] = [];
  let length = 0;
  for (const message of messagesOf(families, target)) {
    if (length + message.length > PIECE_LENGTH && length > 0) {
      yield joined(pieces);
      pieces = [];
      length = 0;
    }
    pieces.push(message);
    length += message.length;
  }
  if (length > 0) yield joined(pieces);
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  return pieces.length === 1 && pieces[0] !== undefined ? pieces[0] : Buffer.concat(pieces);
}

function* messagesOf(
  families: Iterable<Family>,
  target: Attributes | undefined,
): Generator<Uint8Array, void> {
  const messages = new Messages();
  if (target !== undefined) yield messages.ofTarget(target);
  for (const family of families) yield* messages.of(family);
}

class Messages {
  private writer = new ProtobufWriter(PIECE_LENGTH);

  *of(family: Family): Generator<Uint8Array, void> {
    const { name, type, description, unit } = family;
    const head = headOf(
      type === 'counter' ? `${name}_total` : name,
      description,
      METRIC_TYPE[type],
      unitOfName(name, unit),
    );
    const scope = encodedLabels(scopePairs(family.scope));
    for (const point of family.points) {
      const labels = LABELS[type].of(point.attributes);
      const maxLength =
        ('boundaries' in point ? maxHistogramLength(point) : FRAME_LENGTH) +
        labels.length +
        scope.length +
        FRAME_LENGTH;
      if (this.writer.start < maxLength + head.length + FRAME_LENGTH) {
        if (this.writer.length > 0) yield this.finished(head);
        this.makeRoom(maxLength + head.length + FRAME_LENGTH);
      }
      this.write(type, point, labels, scope);
    }
    if (this.writer.length > 0) yield this.finished(head);
  }

  ofTarget(target: Attributes): Uint8Array {
    const head = headOf('target_info', 'Target metadata', METRIC_TYPE.gauge, undefined);
    const labels = encodedLabels(labelPairs(target, 'target'));
    this.makeRoom(head.length + labels.length + 2 * FRAME_LENGTH);
    this.write('gauge', { attributes: target, value: 1 }, labels, NOTHING);
    return this.finished(head);
  }

  private makeRoom(length: number): void {
    if (this.writer.start < length) this.writer = new ProtobufWriter(length);
  }

  private write(
    type: Family['type'],
    point: HistogramPoint | NumberPoint,
    labels: Uint8Array,
    scope: Uint8Array,
  ): void {
    const { writer } = this;
    const end = writer.start;
    if ('boundaries' in point) writeHistogram(writer, point);
    else writer.double(NUMBER.value, point.value);
    writer.nested(METRIC[type], end);
    writer.encoded(scope);
    writer.encoded(labels);
    writer.nested(METRIC_FAMILY.metric, end);
  }

  private finished(head: Uint8Array): Uint8Array {
    const { writer } = this;
    const end = writer.start + writer.length;
    writer.encoded(head);
    writer.delimited(end);
    return writer.take();
  }
}

/** The fields of a family but for its metrics. */
function headOf(
  name: string,
  description: string,
  type: number,
  unit: string | undefined,
): Uint8Array {
  const texts = [name, description, unit ?? ''].map(text => Buffer.from(text));
  const writer = new ProtobufWriter(maxLengthOf(texts));
  const [nameText = NOTHING, descriptionText = NOTHING, unitText = NOTHING] = texts;
  if (unitText.length > 0) writer.text(METRIC_FAMILY.unit, unitText);
  writer.uint(METRIC_FAMILY.type, type);
  if (descriptionText.length > 0) writer.text(METRIC_FAMILY.help, descriptionText);
  writer.text(METRIC_FAMILY.name, nameText);
  return writer.take();
}

const LABELS: Readonly<Record<Family['type'], ByAttributes<Uint8Array>>> = {
  histogram: new ByAttributes(attributes => encodedLabels(labelPairs(attributes, 'histogram'))),
  counter: new ByAttributes(attributes => encodedLabels(labelPairs(attributes, 'counter'))),
  gauge: new ByAttributes(attributes => encodedLabels(labelPairs(attributes, 'gauge'))),
};

function encodedLabels(pairs: readonly LabelPair[]): Uint8Array {
  const texts = pairs.map(pair => pair.map(text => Buffer.from(text)));
  const writer = new ProtobufWriter(maxLengthOf(texts.flat()));
  for (const [name = NOTHING, value = NOTHING] of texts.toReversed()) {
    const end = writer.start;
    writer.text(LABEL_PAIR.value, value);
    writer.text(LABEL_PAIR.name, name);
    writer.nested(METRIC.label, end);
  }
  return writer.take();
}

/** At most so many bytes are written for fields of these texts. */
function maxLengthOf(texts: readonly Uint8Array[]): number {
  return texts.reduce((length, text) => length + text.length + FRAME_LENGTH, FRAME_LENGTH);
}
