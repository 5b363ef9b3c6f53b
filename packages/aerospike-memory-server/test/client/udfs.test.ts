import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Aerospike, { type Client, type Key } from 'aerospike';
import { AerospikeMemoryServer, type UdfFunctions, type UdfRecord, type UdfValue } from '../../src';
import { newKey, withCode } from '../support/running-server';

const { batchType: BT, exp, operations: op } = Aerospike;

const LUA = `
local function one(record) return 1 end
local function sum(a, b) return a + b end
function count(stream) return stream : map(one) : reduce(sum) end
function broken(stream) return stream : map(one) : reduce(sum) end
`;

const COUNTERS: UdfFunctions = {
  add(record: UdfRecord, bin: string, by: number) {
    record.bins[bin] = Number(record.bins[bin] ?? 0) + by;
    record.save();
    return record.bins[bin];
  },
  change(record: UdfRecord, bins: Map<string, UdfValue>) {
    for (const [name, value] of bins) record.bins[name] = value;
  },
  remove: (record: UdfRecord) => {
    record.remove();
    return record.exists;
  },
  describe({ key, exists, gen, ttl, bins }: UdfRecord) {
    return { ns: key.ns, set: key.set, key: key.key, exists, gen, ttl, bins: { ...bins } };
  },
  saveThenThrow(record: UdfRecord) {
    record.bins.a = 'changed';
    record.save();
    throw new Error('after all');
  },
  setTtl(record: UdfRecord, ttl: number) {
    record.ttl = ttl;
    record.save();
  },
  count(records: Iterable<UdfRecord>) {
    let count = 0;
    for (const record of records) count += Number(record.exists);
    return count;
  },
  broken(records: Iterable<UdfRecord>) {
    for (const record of records) record.save();
  },
};

describe('UDFs', () => {
  let folder: string;
  let server: AerospikeMemoryServer;
  let client: Client;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'udfs-'));
    await writeFile(join(folder, 'counters.lua'), LUA);
    server = await AerospikeMemoryServer.create();
    await server.registerUdf('counters', COUNTERS);
    client = await Aerospike.connect({ hosts: server.hosts });
  });

  after(async () => {
    client.close();
    await server.stop();
    await rm(folder, { recursive: true });
  });

  function apply(key: Key, funcname: string, ...args: unknown[]): Promise<unknown> {
    return client.apply(key, { module: 'counters', funcname, args: args as [] });
  }

  async function stored(bins: Aerospike.AerospikeBins, meta?: object): Promise<Key> {
    const key = newKey();
    await client.put(key, bins, meta);
    return key;
  }

  describe('apply', () => {
    it('changes a record and gives what the function returns', async () => {
      const key = await stored({ hits: 1, other: 'x' });
      assert.equal(await apply(key, 'add', 'hits', 2), 3);
      const { bins, gen } = await client.get(key);
      assert.deepEqual(bins, { hits: 3, other: 'x' });
      assert.equal(gen, 2);
    });

    it('creates a record', async () => {
      const key = newKey();
      assert.equal(await apply(key, 'add', 'hits', 2), 2);
      assert.deepEqual((await client.get(key)).bins, { hits: 2 });
    });

    it('changes nothing unless the function saves', async () => {
      const key = await stored({ a: 1 });
      assert.equal(await apply(key, 'change', { a: 2 }), null);
      const { bins, gen } = await client.get(key);
      assert.deepEqual(bins, { a: 1 });
      assert.equal(gen, 1);
    });

    it('changes nothing when the function throws', async () => {
      const key = await stored({ a: 'stays' });
      await assert.rejects(apply(key, 'saveThenThrow'), { code: 100, message: 'after all' });
      assert.deepEqual((await client.get(key)).bins, { a: 'stays' });
    });

    it('removes a record', async () => {
      const key = await stored({ a: 1 });
      assert.equal(await apply(key, 'remove'), false);
      assert.equal(await client.exists(key), false);
      assert.equal(await apply(key, 'remove'), false);
    });

    it('tells the function what the record is', async () => {
      const key = await stored({ a: 1 }, { ttl: 100 });
      assert.deepEqual(await apply(key, 'describe'), {
        ns: 'test',
        set: 'set',
        key: null,
        exists: true,
        gen: 1,
        ttl: 100,
        bins: { a: 1 },
      });
      const missing = (await apply(newKey(), 'describe')) as Record<string, unknown>;
      assert.equal(missing.exists, false);
      assert.equal(missing.gen, 0);
    });

    it('tells the function the key when it is stored', async () => {
      const key = newKey();
      const policy = new Aerospike.WritePolicy({ key: Aerospike.policy.key.SEND });
      await client.put(key, { a: 1 }, {}, policy);
      assert.equal(((await apply(key, 'describe')) as { key: unknown }).key, key.key);
    });

    it('sets the time to live', async () => {
      const key = await stored({ a: 1 });
      await apply(key, 'setTtl', 50);
      assert.equal((await client.get(key)).ttl, 50);
      await apply(key, 'setTtl', -1);
      assert.equal((await client.get(key)).ttl, Aerospike.ttl.NEVER_EXPIRE);
      await assert.rejects(apply(key, 'setTtl', 1.5), withCode(100));
      for (const tooLong of [400_000_000, 2 ** 32, 2 ** 32 + 5]) {
        await assert.rejects(apply(key, 'setTtl', tooLong), withCode(4));
      }
    });

    it('leaves out a record that the filter leaves out', async () => {
      const key = await stored({ hits: 1 });
      const policy = new Aerospike.ApplyPolicy({
        filterExpression: exp.eq(exp.binInt('hits'), exp.int(2)),
      });
      const udf = { module: 'counters', funcname: 'add', args: ['hits', 1] as [string, number] };
      await assert.rejects(client.apply(key, udf, policy), withCode(27));
      assert.deepEqual((await client.get(key)).bins, { hits: 1 });
    });

    it('calls what was registered last under the name', async () => {
      const key = await stored({ a: 1 });
      const call = { module: 'replaced', funcname: 'f', args: [] };
      await server.registerUdf('replaced', { f: ({ bins }) => bins.a, g: () => 1 });
      assert.equal(await client.apply(key, call), 1);
      await server.registerUdf('replaced', {
        f(record) {
          return record.gen + 10;
        },
      });
      assert.equal(await client.apply(key, call), 11);
      await assert.rejects(client.apply(key, { ...call, funcname: 'g' }), withCode(100));
    });

    it('keeps every type of value that a function does not touch', async () => {
      const key = await stored({
        d: new Aerospike.Double(2),
        l: [new Aerospike.Double(1), 'x'],
        m: { b: 1, a: [Buffer.from([0xff])] },
        g: new Aerospike.GeoJSON({ type: 'Point', coordinates: [1, 2] }),
        i: 2n ** 60n,
        t: true,
      });
      const before = await client.get(key);
      await apply(key, 'add', 'n', 1);
      assert.deepEqual((await client.get(key)).bins, { ...before.bins, n: 1 });
      // Integers and doubles are different to the server.
      await assert.rejects(client.incr(key, { d: 1 }), withCode(12));
    });

    it('refuses bins that cannot be stored', async () => {
      const key = await stored({ a: 1 });
      await assert.rejects(apply(key, 'add', 'a name that is too long', 1), withCode(100));
      await assert.rejects(apply(key, 'add', '', 1), withCode(100));
      assert.deepEqual((await client.get(key)).bins, { a: 1 });
    });

    it('has code 100 for a function and a module that do not exist', async () => {
      const key = await stored({ a: 1 });
      await assert.rejects(apply(key, 'none'), { code: 100, message: 'function not found' });
      const udf = { module: 'none', funcname: 'f', args: [] };
      await assert.rejects(client.apply(key, udf), withCode(100));
    });
  });

  describe('batches', () => {
    it('batchApply applies to several records', async () => {
      const keys = [await stored({ n: 1 }), await stored({ n: 10 })];
      const results = await client.batchApply(keys, {
        module: 'counters',
        funcname: 'add',
        args: ['n', 1],
      });
      assert.deepEqual(
        results.map(({ status, record }) => [status, record.bins]),
        [
          [0, { SUCCESS: 2 }],
          [0, { SUCCESS: 11 }],
        ],
      );
    });

    it('batchApply is rejected by the client when a function throws', async () => {
      const keys = [await stored({ n: 1 }), await stored({ n: 1 })];
      const udf = { module: 'counters', funcname: 'saveThenThrow', args: [] };
      await assert.rejects(client.batchApply(keys, udf), withCode(-16));
    });

    it('batchWrite tells of each row whether its function threw', async () => {
      const [a, b] = [await stored({ n: 1 }), await stored({ n: 1 })];
      const applying = (key: Key, funcname: string, ...args: unknown[]) => {
        const udf = { module: 'counters', funcname, args };
        // Client 5 looks for the function in the row itself.
        return { type: BT.BATCH_APPLY, key, udf, ...udf };
      };
      // The client's type declarations leave functions out of the rows of batchWrite.
      const rows: unknown[] = [
        applying(a, 'saveThenThrow'),
        applying(b, 'add', 'n', 1),
        applying(b, 'none'),
        { type: BT.BATCH_WRITE, key: b, ops: [op.incr('n', 1), op.read('n')] },
      ];
      const results = await client.batchWrite(rows as []);
      assert.deepEqual(
        results.map(({ status }) => status),
        [100, 0, 100, 0],
      );
      assert.deepEqual(results[3]?.record.bins, { n: 3 });
    });
  });

  describe('queries', () => {
    const set = 'many';

    before(async () => {
      for (let n = 0; n < 10; n++) await client.put(new Aerospike.Key('test', set, n), { n });
    });

    it('change records in the background', async () => {
      const job = await client.query('test', set).background('counters', 'add', ['hits', 1]);
      await job.waitUntilDone(1);
      const records = await client.scan('test', set).results();
      assert.equal(records.length, 10);
      for (const { bins } of records) assert.equal(bins.hits, 1);
    });

    it('count the records at which a background function throws', async () => {
      const job = await client.scan('test', set).background('counters', 'none');
      const answer = await client.infoAny(`query-show:id=${String(job.jobID)}`);
      assert.match(answer, /:recs-succeeded=0:recs-failed=10:/);
    });

    describe('that aggregate', () => {
      const previous = process.cwd();

      // The client reduces the results with a Lua file of its own. Where it looks for that is settled by the first client
      // of the process, but the current directory is always among the places.
      before(() => {
        process.chdir(folder);
      });

      after(() => {
        process.chdir(previous);
      });

      it('give what the function gives', async () => {
        assert.equal(await client.query('test', set).apply('counters', 'count'), 10);
        assert.equal(await client.query('test', 'empty').apply('counters', 'count'), 0);
      });

      it('have code 100 when the function throws, such as for writing to a stream', async () => {
        await assert.rejects(client.query('test', set).apply('counters', 'broken'), withCode(100));
        assert.equal(await client.query('test', set).apply('counters', 'count'), 10);
      });
    });
  });

  describe('Lua files', () => {
    async function files(): Promise<string> {
      return client.infoAny('udf-list');
    }

    it('are registered, listed and removed', async () => {
      const registered = await client.udfRegister(join(folder, 'counters.lua'));
      await registered.wait(1);
      assert.match(await files(), /filename=counters\.lua,hash=[0-9a-f]{40},type=LUA;/);
      const removed = await client.udfRemove('counters.lua');
      await removed.wait(1);
      assert.equal(await files(), 'udf-list\t\n');
      await client.udfRemove('counters.lua');
    });

    it('are not needed by functions in JavaScript', async () => {
      assert.equal(await files(), 'udf-list\t\n');
      assert.equal(await apply(newKey(), 'add', 'n', 1), 1);
    });

    it('are not run: code 100 says what to do', async () => {
      const path = join(folder, 'other.lua');
      await writeFile(path, LUA);
      await client.udfRegister(path);
      const udf = { module: 'other', funcname: 'count', args: [] };
      await assert.rejects(client.apply(newKey(), udf), { code: 100, message: /registerUdf/ });
    });
  });
});
