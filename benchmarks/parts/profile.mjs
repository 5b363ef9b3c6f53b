import { WARM_UP } from '../clients/alternation.mjs';
import { available, INSTRUMENTATIONS } from '../instrumentations/index.mjs';
import { profileOf } from '../processes/profile.mjs';
import { withServer } from '../processes/server.mjs';

const IDS = ['producer', 'producerAndSpans', 'histogramAndSpans', 'plainSpan'];
/** Of which the functions are shown one by one. */
const SHOWN_ID = 'producerAndSpans';
const SHOWN_FUNCTIONS = 12;

/** By whose code a function is, found in its URL. */
const OWNERS = {
  'this package': /\/packages\/instrumentation-aerospike\//,
  OpenTelemetry: /\/node_modules\/@opentelemetry\//,
  'plain wrapper': /\/benchmarks\/instrumentations\//,
};
const COLLECTOR = '(garbage collector)';

export const title = 'Where the time goes';

export const method =
  'Under the profiler of Node.js, which makes everything slower. `get` of the real client as above: microseconds that an ' +
  'instrumented operation spends in whose functions, and in which of them; garbage collection is for the bare operations ' +
  'in between too. And a scrape of 450 series as above: the part of its time that each function takes.';

export async function run({ quick, isWanted }) {
  const blocks = quick ? { pairs: 1, size: 200 } : { pairs: 30, size: 2000 };
  const client = {};
  await withServer(async hosts => {
    for (const id of available(IDS).filter(isWanted)) {
      const options = { id, operations: ['get'], hosts, inFlight: 64, ...blocks };
      client[id] = costs(
        await profileOf('alternation.mjs', options),
        (WARM_UP + blocks.pairs) * blocks.size,
      );
    }
  });
  const scrape = { id: 'thisPackage', sizes: [450], milliseconds: quick ? 1 : 1000 };
  return { client, scrape: shares(await profileOf('scrape.mjs', scrape)) };
}

/** Microseconds of an operation. */
function costs(functions, operations) {
  const sum = isPart =>
    functions.filter(isPart).reduce((all, { microseconds }) => all + microseconds, 0) / operations;
  const owners = Object.entries(OWNERS).map(([owner, pattern]) => [
    owner,
    sum(({ url }) => pattern.test(url)),
  ]);
  const owned = functions.filter(({ url }) =>
    Object.values(OWNERS).some(pattern => pattern.test(url)),
  );
  return {
    ...Object.fromEntries(owners),
    'garbage collection': sum(({ name }) => name === COLLECTOR),
    functions: first(owned, microseconds => microseconds / operations),
  };
}

/** Of the time of all functions. */
function shares(functions) {
  const all = functions.reduce((sum, { microseconds }) => sum + microseconds, 0);
  return first(functions, microseconds => microseconds / all);
}

function first(functions, valueOf) {
  return functions.slice(0, SHOWN_FUNCTIONS).map(({ name, url, microseconds }) => ({
    name,
    url: place(url),
    value: valueOf(microseconds),
  }));
}

/** The end of a URL, from the name of a package on. */
function place(url) {
  return url.replace(/^.*\/(?=@opentelemetry\/|packages\/|benchmarks\/|aerospike\/)/, '');
}

export function tables({ client, scrape }) {
  const columns = [...Object.keys(OWNERS), 'garbage collection'];
  const cells = ({ name, url }) => [`\`${name || '(anonymous)'}\``, url === '' ? '' : `\`${url}\``];
  return [
    {
      columns: ['µs of `get`', ...columns],
      rows: Object.entries(client).map(([id, parts]) => [
        INSTRUMENTATIONS[id].label,
        ...columns.map(column => parts[column].toFixed(2)),
      ]),
    },
    {
      columns: ['`get` with the metric producer and spans', 'of', 'µs'],
      rows: (client[SHOWN_ID]?.functions ?? []).map(each => [
        ...cells(each),
        each.value.toFixed(2),
      ]),
    },
    {
      columns: ['One scrape of 450 series', 'of', 'part of the time'],
      rows: scrape.map(each => [...cells(each), `${(each.value * 100).toFixed(1)} %`]),
    },
  ];
}
