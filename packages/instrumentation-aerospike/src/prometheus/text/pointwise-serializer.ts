import type { Attributes, HrTime } from '@opentelemetry/api';
import { PrometheusSerializer } from '@opentelemetry/exporter-prometheus';
import type { DataPoint, Histogram, MetricData, ResourceMetrics } from '@opentelemetry/sdk-metrics';
import { LabelTexts } from './label-texts';
import { histogramLines, numberLine, type Lines } from './point-lines';

export type SerializerOptions = ConstructorParameters<typeof PrometheusSerializer>;

/** The private methods of PrometheusSerializer that write one data point. */
interface PointMethods {
  _serializeSingularDataPoint: PointMethod<number>;
  _serializeHistogramDataPoint: PointMethod<Histogram>;
}

/** @param shared labels of the whole metric: those of its scope, and those of the resource that are asked for */
type PointMethod<Value> = (
  name: string,
  metric: MetricData | undefined,
  point: Pick<DataPoint<Value>, 'attributes' | 'endTime' | 'value'>,
  shared: Attributes | undefined,
) => string;

/** Stands for the lines of a data point. */
const PLACEHOLDER = '\0';
/** In characters. Much longer strings are allocated where they are expensive. */
const PIECE_LENGTH = 2 ** 15;
const NEVER: HrTime = [0, 0];

/**
 * A PrometheusSerializer that makes up the labels of a data point once, not again for each line of it. It leaves all
 * but the lines of data points to the stock one, and the labels themselves too.
 */
export class PointwiseSerializer {
  private readonly stock: PrometheusSerializer;
  /** Writes placeholders for data points. */
  private readonly frame: PrometheusSerializer;
  /** What writes the lines for each placeholder. */
  private points: (() => string)[] = [];
  private readonly hasTimestamps: boolean;
  private readonly labels = new LabelTexts(attributes => this.labelsOf(attributes, undefined));
  /** Of the metric that was written last. */
  private shared: { attributes: Attributes | undefined; labels: string } | undefined;

  constructor(...options: SerializerOptions) {
    this.stock = new PrometheusSerializer(...options);
    this.frame = new PrometheusSerializer(...options);
    this.hasTimestamps = options[1] === true;
    const methods = pointMethodsOf(this.frame);
    methods._serializeSingularDataPoint = this.placeholder(numberLine);
    methods._serializeHistogramDataPoint = this.placeholder(histogramLines);
  }

  /** Whether the stock serializer is made of what is relied on here. */
  get isSupported(): boolean {
    const { _serializeSingularDataPoint: number, _serializeHistogramDataPoint: histogram } =
      pointMethodsOf(this.stock) as Partial<PointMethods>;
    return number?.length === 4 && histogram?.length === 4;
  }

  /** The text, in pieces. */
  *serialize(metrics: ResourceMetrics): Generator<string, void> {
    this.points = [];
    const [first = '', ...rest] = this.frame.serialize(metrics).split(PLACEHOLDER);
    const { points } = this;
    this.points = [];
    if (rest.length !== points.length) {
      // The character of the placeholders stands somewhere else too.
      yield this.stock.serialize(metrics);
      return;
    }
    // Joined, since strings that are added up stay a heap of fragments until they are used.
    let parts = [first];
    let length = 0;
    for (const [index, lines] of points.entries()) {
      // After the last point of a metric stands the end of its last line, which the lines have themselves.
      const part = lines() + (rest[index] ?? '').slice(1);
      length += part.length;
      parts.push(part);
      if (length >= PIECE_LENGTH) {
        yield parts.join('');
        parts = [];
        length = 0;
      }
    }
    yield parts.join('');
  }

  private placeholder<Value>(lines: Lines<Value>): PointMethod<Value> {
    return (name, _metric, { attributes, endTime, value }, shared) => {
      const sharedLabels = this.sharedLabels(shared);
      // Where all metrics have a label `le`, that of the buckets takes its place: too rare to be written here.
      if (shared !== undefined && 'le' in shared) return PLACEHOLDER;
      this.points.push(() => {
        const own = this.labels.of(attributes);
        const comma = own === '' || sharedLabels === '' ? '' : ',';
        return lines(name, `${own}${comma}${sharedLabels}`, value, this.endOf(endTime));
      });
      return PLACEHOLDER;
    };
  }

  private sharedLabels(attributes: Attributes | undefined): string {
    if (this.shared === undefined || this.shared.attributes !== attributes) {
      this.shared = { attributes, labels: this.labelsOf({}, attributes) };
    }
    return this.shared.labels;
  }

  /** Has the stock serializer write a line, for its labels. */
  private labelsOf(attributes: Attributes, shared: Attributes | undefined): string {
    const point = { attributes, endTime: NEVER, value: 0 };
    const { _serializeSingularDataPoint: write } = pointMethodsOf(this.stock);
    const line = write.call(this.stock, '_', undefined, point, shared);
    return /\{(.*)\}/s.exec(line)?.[1] ?? '';
  }

  /** What stands after the value in each line. */
  private endOf([seconds, nanoseconds]: HrTime): string {
    return this.hasTimestamps ? ` ${seconds * 1e3 + nanoseconds / 1e6}\n` : '\n';
  }
}

function pointMethodsOf(serializer: PrometheusSerializer): PointMethods {
  return serializer as unknown as PointMethods;
}
