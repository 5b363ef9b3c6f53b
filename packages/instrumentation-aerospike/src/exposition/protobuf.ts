import { epochNow } from '../clock';
import type { HistogramPoint, NumberPoint } from '../series/points';
import type { Family } from './family';
import type { Label } from './labels';
import { inPieces, joinedBytes, PIECE_LENGTH } from './pieces';
import { maxHistogramLength, writeHistogram } from './protobuf-histogram';
import { WireWriter } from './wire-writer';
import { SeriesLabels } from './series-labels';
import { unitOfName } from './unit';
import type { WriteOptions } from './write-options';

/** Numbers of the fields of `io.prometheus.client`'s messages. */
const METRIC_FAMILY = { name: 1, help: 2, type: 3, metric: 4, unit: 5 } as const;
const METRIC = { label: 1, gauge: 2, counter: 3, timestampMs: 6, histogram: 7 } as const;
const LABEL_PAIR = { name: 1, value: 2 } as const;
/** In counters and gauges alike. */
const NUMBER = { value: 1 } as const;
const METRIC_TYPE = { counter: 0, gauge: 1, histogram: 4 } as const;

const NOTHING = new Uint8Array();

/** At most so many bytes come before and after a message's own: tags and lengths. */
const FRAME_LENGTH = 32;

/**
 * Writes metrics as messages of the type `io.prometheus.client.MetricFamily`, each after its length.
 *
 * A family with many series becomes several messages with the same head, which Prometheus takes for one: a message
 * could not be begun before its length is known, and all of it would have to be kept until then.
 *
 * @see https://github.com/prometheus/client_model/blob/master/io/prometheus/client/metrics.proto
 */
export class ProtobufWriter {
  /** The bytes of fields, as characters: a typed array would take as much memory again. */
  private readonly labels: SeriesLabels<string>;

  constructor(private readonly options: WriteOptions) {
    this.labels = new SeriesLabels(options, encodedLabels);
  }

  /**
   * @param target labels of `target_info`
   * @returns pieces, none longer than 32 KiB unless one series is
   */
  write(families: Iterable<Family>, target: readonly Label[] | undefined): Iterable<Uint8Array> {
    return inPieces(this.messages(families, target), joinedBytes);
  }

  private *messages(
    families: Iterable<Family>,
    target: readonly Label[] | undefined,
  ): Generator<Uint8Array, void> {
    if (target !== undefined) yield targetInfo(target);
    const time = this.options.hasTimestamps ? epochNow() : undefined;
    const message = new FamilyMessage(PIECE_LENGTH);
    for (const family of families) {
      const { type } = family;
      const head = headOf(family, this.options.prefix);
      const shared = this.labels.shared(family);
      let isBegun = false;
      for (const point of family.points) {
        const labels = this.labels.own(type, point.attributes);
        const length = maxLengthOfPoint(point) + labels.length + shared.length;
        if (!message.hasRoom(head, length)) {
          if (!message.isEmpty) yield message.finish(head);
          message.makeRoom(head, length);
        }
        message.add(type, point, [labels, shared], time);
        isBegun = true;
      }
      // Without series it is described all the same.
      if (!message.isEmpty || !isBegun) yield message.finish(head);
    }
  }
}

const TARGET_INFO = {
  name: 'target_info',
  description: 'Target metadata',
  unit: '',
  type: 'gauge',
} as const;

/** A message of which metrics are written before its head. */
class FamilyMessage {
  private writer: WireWriter;

  constructor(capacity: number) {
    this.writer = new WireWriter(capacity);
  }

  get isEmpty(): boolean {
    return this.writer.length === 0;
  }

  hasRoom(head: Uint8Array, length: number): boolean {
    return this.writer.start >= head.length + length + FRAME_LENGTH;
  }

  /** Of an empty message. */
  makeRoom(head: Uint8Array, length: number): void {
    if (this.hasRoom(head, length)) return;
    this.writer = new WireWriter(head.length + length + FRAME_LENGTH);
  }

  /** @param time in milliseconds since the epoch */
  add(
    type: Family['type'],
    point: HistogramPoint | Pick<NumberPoint, 'value'>,
    labels: readonly string[],
    time: number | undefined,
  ): void {
    const { writer } = this;
    const end = writer.start;
    if (time !== undefined) writer.uint(METRIC.timestampMs, time);
    const endOfValue = writer.start;
    if ('boundaries' in point) writeHistogram(writer, point);
    else writer.double(NUMBER.value, point.value);
    writer.nested(METRIC[type], endOfValue);
    for (const each of labels.toReversed()) writer.latin1(each);
    writer.nested(METRIC_FAMILY.metric, end);
  }

  /** @returns the message, after its length */
  finish(head: Uint8Array): Uint8Array {
    const { writer } = this;
    const end = writer.start + writer.length;
    writer.encoded(head);
    writer.delimited(end);
    return writer.take();
  }
}

function targetInfo(target: readonly Label[]): Uint8Array {
  const head = headOf(TARGET_INFO, '');
  const labels = encodedLabels(target);
  const message = new FamilyMessage(head.length + labels.length + 2 * FRAME_LENGTH);
  message.add('gauge', { value: 1 }, [labels], undefined);
  return message.finish(head);
}

/** The fields of a family but for its metrics. */
function headOf(
  { name, description, type, unit }: Pick<Family, 'name' | 'description' | 'type' | 'unit'>,
  prefix: string,
): Uint8Array {
  const fullName = Buffer.from(`${prefix}${name}${type === 'counter' ? '_total' : ''}`);
  const help = Buffer.from(description);
  const unitWord = Buffer.from(unitOfName(name, unit) ?? '');
  const writer = new WireWriter(maxLengthOf([fullName, help, unitWord]));
  if (unitWord.length > 0) writer.text(METRIC_FAMILY.unit, unitWord);
  writer.uint(METRIC_FAMILY.type, METRIC_TYPE[type]);
  if (help.length > 0) writer.text(METRIC_FAMILY.help, help);
  writer.text(METRIC_FAMILY.name, fullName);
  return writer.take();
}

/** The fields of labels, a character for each byte. */
function encodedLabels(pairs: readonly Label[]): string {
  const texts = pairs.map(pair => pair.map(text => Buffer.from(text)));
  const writer = new WireWriter(maxLengthOf(texts.flat()));
  for (const [name = NOTHING, value = NOTHING] of texts.toReversed()) {
    const end = writer.start;
    writer.text(LABEL_PAIR.value, value);
    writer.text(LABEL_PAIR.name, name);
    writer.nested(METRIC.label, end);
  }
  return Buffer.from(writer.take()).toString('latin1');
}

/** At most so many bytes are written for fields of these texts. */
function maxLengthOf(texts: readonly Uint8Array[]): number {
  return texts.reduce((length, text) => length + text.length + FRAME_LENGTH, FRAME_LENGTH);
}

function maxLengthOfPoint(point: HistogramPoint | NumberPoint): number {
  return FRAME_LENGTH + ('boundaries' in point ? maxHistogramLength(point) : 0);
}
