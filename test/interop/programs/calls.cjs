// Does the calls that standard input asks for: in a line the number of the request, how often, and the name of the call.
// Says when it is done. What they answer, and whether they fail, is for the metrics to tell:
// node --require opentelemetry-instrumentation-aerospike/register calls.cjs PORT NAME
const { createInterface } = require('node:readline');
const Aerospike = require('aerospike');

const { exp, filter, maps, operations } = Aerospike;
const [port, name] = process.argv.slice(2);

const key = (id, set = 'users', namespace = 'test') => new Aerospike.Key(namespace, set, id);
const ONE = key('one');
const TWO = key('two');
const NOBODY = key('nobody');
const timeouts = { totalTimeout: 30_000, socketTimeout: 30_000 };
const IMPATIENT = new Aerospike.ReadPolicy({ totalTimeout: 200, maxRetries: 0 });
const ONCE = new Aerospike.ReadPolicy({ ...timeouts, maxRetries: 0 });
const UDF = { module: 'counters', funcname: 'add', args: ['n', 1] };
let removed = 0;
let codes = 0;

const readRows = keys => keys.map(one => ({ key: one, readAllBins: true }));

const CALLS = {
  put: client => client.put(ONE, { n: 1, s: 's' }),
  'put existing': client =>
    client.put(ONE, { n: 1 }, {}, { exists: Aerospike.policy.exists.CREATE }),
  'put outdated': client =>
    client.put(ONE, { n: 1 }, { gen: 999 }, { gen: Aerospike.policy.gen.EQ }),
  get: client => client.get(ONE),
  'get missing': client => client.get(NOBODY),
  'get filtered': client =>
    client.get(
      ONE,
      new Aerospike.ReadPolicy({ filterExpression: exp.gt(exp.binInt('n'), exp.int(1e9)) }),
    ),
  'get late': client => client.get(key('late', 'late'), IMPATIENT),
  'get faulty': client => client.get(key('faulty', 'faulty'), ONCE),
  // A set of its own for each, by which it can be told what it was.
  'get code': client => client.get(key('one', `code-${++codes}`), ONCE),
  'get cut': client => client.get(key('cut', 'cut'), ONCE),
  'get unknown namespace': client => client.get(key('one', 'users', 'unknown'), ONCE),
  select: client => client.select(ONE, ['n']),
  exists: client => client.exists(ONE),
  'exists missing': client => client.exists(NOBODY),
  touch: client => client.operate(ONE, [operations.touch(0)]),
  append: client => client.append(ONE, { s: 'x' }),
  'append to a number': client => client.append(ONE, { n: 'x' }),
  prepend: client => client.prepend(ONE, { s: 'x' }),
  increment: client => client.incr(ONE, { n: 1 }),
  operate: client => client.operate(ONE, [operations.incr('n', 1), operations.read('n')]),
  'operate on a map': client => client.operate(ONE, [maps.put('m', 'a', 1)]),
  remove: client => client.remove(key(`${name}-${removed++}`)),
  'remove missing': client => client.remove(NOBODY),
  'remove bin': client => client.put(ONE, { gone: null }),
  'batch read': client => client.batchRead(readRows([ONE, TWO])),
  'batch read missing': client => client.batchRead(readRows([ONE, NOBODY])),
  'batch read two sets': client => client.batchRead(readRows([ONE, key('one', 'carts')])),
  'batch operate': client =>
    client.batchWrite([
      { type: Aerospike.batchType.BATCH_WRITE, key: ONE, ops: [operations.incr('n', 1)] },
      { type: Aerospike.batchType.BATCH_WRITE, key: TWO, ops: [operations.incr('n', 1)] },
    ]),
  'batch remove': client => client.batchRemove([NOBODY, key('nobody else')]),
  'batch apply': client => client.batchApply([ONE, TWO], UDF),
  query: client => {
    const query = client.query('test', 'users');
    query.where(filter.range('n', 0, 1e9));
    return query.results();
  },
  'query without index': client => {
    const query = client.query('test', 'users');
    query.where(filter.range('unindexed', 0, 1e9));
    return query.results();
  },
  scan: client => client.scan('test', 'users').results(),
  apply: client => client.apply(ONE, UDF),
  info: client => client.infoAny('build'),
  truncate: client => client.truncate('test', 'nothing', 0),
  'create index': client =>
    client.createIntegerIndex({
      ns: 'test',
      set: 'users',
      bin: 'other',
      index: `by-other-${name}`,
    }),
  'get closed': () => closed.get(ONE),
};

let closed;

async function main() {
  const config = {
    hosts: `127.0.0.1:${port}`,
    log: { level: Aerospike.log.OFF },
    policies: {
      read: new Aerospike.ReadPolicy(timeouts),
      write: new Aerospike.WritePolicy(timeouts),
      operate: new Aerospike.OperatePolicy(timeouts),
      remove: new Aerospike.RemovePolicy(timeouts),
      apply: new Aerospike.ApplyPolicy(timeouts),
      batch: new Aerospike.BatchPolicy(timeouts),
      query: new Aerospike.QueryPolicy(timeouts),
      scan: new Aerospike.ScanPolicy(timeouts),
    },
  };
  const client = await Aerospike.connect(config);
  closed = await Aerospike.connect(config);
  closed.close();
  console.log('ready');
  for await (const line of createInterface(process.stdin)) {
    const [, request, times, call] = /^(\d+) (\d+) (.*)$/.exec(line);
    for (let done = 0; done < Number(times); done++) await CALLS[call](client).catch(() => {});
    console.log(`done ${request}`);
  }
  client.close();
}

void main();
