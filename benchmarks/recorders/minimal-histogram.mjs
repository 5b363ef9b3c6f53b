/** As little as a histogram by namespace, set and operation can do: buckets and a sum, found through Maps. */
export class MinimalHistogram {
  #boundaries;
  #namespaces = new Map();

  constructor(boundaries) {
    this.#boundaries = Float64Array.from(boundaries);
  }

  series(namespace, set, operation) {
    return (
      this.#namespaces.get(namespace)?.get(set)?.get(operation) ??
      this.#add(namespace, set, operation)
    );
  }

  get count() {
    const sets = [...this.#namespaces.values()].flatMap(sets => [...sets.values()]);
    const series = sets.flatMap(operations => [...operations.values()]);
    return series.flatMap(({ counts }) => [...counts]).reduce((sum, count) => sum + count, 0);
  }

  #add(namespace, set, operation) {
    const series = new MinimalSeries(this.#boundaries);
    const sets = getOrCreate(this.#namespaces, namespace);
    getOrCreate(sets, set).set(operation, series);
    return series;
  }
}

class MinimalSeries {
  sum = 0;

  constructor(boundaries) {
    this.boundaries = boundaries;
    this.counts = new Float64Array(boundaries.length + 1);
  }

  record(seconds) {
    const { boundaries } = this;
    let bucket = 0;
    while (bucket < boundaries.length && seconds > boundaries[bucket]) bucket++;
    this.counts[bucket]++;
    this.sum += seconds;
  }
}

function getOrCreate(map, key) {
  if (!map.has(key)) map.set(key, new Map());
  return map.get(key);
}
