import { BOUNDARIES } from '../boundaries.mjs';
import { MinimalHistogram } from '../recorders/minimal-histogram.mjs';

const NAME = 'db_client_operation_duration_seconds';
const BOUNDS = [...BOUNDARIES, '+Inf'];

/** As little as writing the text can take: strings joined, whose labels have been written once before. */
export class MinimalText {
  #histogram = new MinimalHistogram(BOUNDARIES);
  #lines = new Map();

  record(set, seconds) {
    const series = this.#histogram.series('test', set, 'get');
    series.record(seconds);
    if (!this.#lines.has(series)) this.#lines.set(series, linesOf(set));
  }

  text() {
    let text = `# HELP ${NAME} Duration of database client operations.\n# TYPE ${NAME} histogram\n`;
    for (const [{ counts, sum }, lines] of this.#lines) {
      let count = 0;
      let buckets = '';
      for (let bucket = 0; bucket < counts.length; bucket++) {
        count += counts[bucket];
        buckets += `${lines.buckets[bucket]}${count}\n`;
      }
      text += `${lines.count}${count}\n${lines.sum}${sum}\n${buckets}`;
    }
    return text;
  }
}

function linesOf(set) {
  const labels = `db_system_name="aerospike",db_namespace="test",db_collection_name="${set}",db_operation_name="get",server_address="127.0.0.1"`;
  return {
    count: `${NAME}_count{${labels}} `,
    sum: `${NAME}_sum{${labels}} `,
    buckets: BOUNDS.map(bound => `${NAME}_bucket{${labels},le="${bound}"} `),
  };
}
