import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Aerospike, { type Client, type Key, type RecordStream } from 'aerospike';
import { partitionsByOwner } from '../../src/cluster/partition-owners';
import { partitionOf } from '../../src/store/namespace';
import { runningCluster } from '../support/cluster';
import { fill, numbersOf } from '../support/numbers';
import { codeOf } from '../support/running-server';

const { filter, operations: op } = Aerospike;

const NAMES = ['A1', 'B1', 'C1'];
const COUNT = 120;
const ALL = Array.from({ length: COUNT }, (_, n) => n);
const KEYS = ALL.map(n => new Aerospike.Key('test', 's', `key-${n}`));
/** What nothing else answers with. */
const STRUCK = 14;

const COUNT_LUA = `
local function one(record) return 1 end
local function sum(a, b) return a + b end
function count(stream) return stream : map(one) : reduce(sum) end
`;

const PARTITIONS = partitionsByOwner(NAMES);

/** The node that is the master of a key's partition; the client has to have used the key before. */
function ownerOf({ digest }: Key): string {
  assert.ok(digest);
  const partition = partitionOf(digest);
  for (const [name, partitions] of PARTITIONS) {
    if (partitions.has(partition)) return name;
  }
  throw new Error(`Nobody owns partition ${partition}.`);
}

async function pagesOf(stream: {
  readonly next: () => Promise<number[]>;
  readonly isDone: () => boolean;
}): Promise<number[][]> {
  const pages: number[][] = [];
  do pages.push(await stream.next());
  while (!stream.isDone());
  return pages;
}

describe('a cluster of three nodes', () => {
  const context = runningCluster();

  beforeEach(async () => {
    await fill(context().client, 's', COUNT);
  });

  async function createIndex(): Promise<void> {
    const { client } = context();
    const index = await client.createIntegerIndex({ ns: 'test', set: 's', bin: 'n', index: 'i' });
    await index.wait(1);
  }

  it('is what the client finds, each node at its own address', () => {
    const { client, nodes } = context();
    const found = client.getNodes().map(({ name, address }) => ({ name, address }));
    assert.deepEqual(
      found.sort((a, b) => a.name.localeCompare(b.name)),
      nodes.map(({ name, hosts }) => ({ name, address: hosts })),
    );
    assert.deepEqual(
      nodes.map(({ name }) => name),
      NAMES,
    );
  });

  it('is found through any of its nodes', async () => {
    for (const { hosts } of context().nodes) {
      const client = await Aerospike.connect({ hosts });
      assert.equal(client.getNodes().length, 3);
      client.close();
    }
  });

  it('gets each command about a record at the master of its partition', async () => {
    const { server, client } = context();
    for (const node of NAMES) {
      await server.inject({ match: { node }, resultCode: STRUCK });
      const codes = await Promise.all(KEYS.map(key => codeOf(client.put(key, { n: 1 }))));
      assert.deepEqual(
        codes,
        KEYS.map(key => (ownerOf(key) === node ? STRUCK : 0)),
      );
      await server.reset();
    }
  });

  it('answers a batch from all of its nodes, in the order of the keys', async () => {
    const { server, client } = context();
    const rows = await client.batchRead(KEYS.map(key => ({ key, readAllBins: true })));
    assert.deepEqual(
      rows.map(({ record }) => record.bins.n),
      ALL,
    );
    const once = new Aerospike.BatchPolicy({ maxRetries: 0 });
    const keys = KEYS.map(key => ({ key }));
    for (const node of NAMES) {
      await server.inject({ match: { node, command: 'batch' }, drop: true, times: 1 });
      assert.equal(await codeOf(client.batchRead(keys, once)), -6, node);
    }
  });

  it('scans what is on all of its nodes, each record once', async () => {
    const { client } = context();
    assert.deepEqual(numbersOf(await client.scan('test', 's').results()), ALL);
    const concurrent = client.scan('test', 's', { concurrent: true });
    assert.deepEqual(numbersOf(await concurrent.results()), ALL);
  });

  it('scans no more records than were asked for', async () => {
    const scan = context().client.scan('test', 's');
    const policy = new Aerospike.ScanPolicy({ maxRecords: 10 });
    assert.equal((await scan.results(policy)).length, 10);
  });

  it('finds with an index what is on all of its nodes', async () => {
    await createIndex();
    const query = context().client.query('test', 's');
    query.where(filter.range('n', 20, 79));
    assert.deepEqual(numbersOf(await query.results()), ALL.slice(20, 80));
  });

  it('refuses a query without an index', async () => {
    const query = context().client.query('test', 's');
    query.where(filter.range('n', 20, 79));
    assert.equal(await codeOf(query.results()), 201);
  });

  it('gives a scan page by page, each record once', async () => {
    const scan = context().client.scan('test', 's', { paginate: true });
    const policy = new Aerospike.ScanPolicy({ maxRecords: 25 });
    let isDone = false;
    const pages = await pagesOf({
      next: () =>
        new Promise((resolve, reject) => {
          const page: number[] = [];
          const stream: RecordStream = scan.foreach(policy);
          stream.on('data', ({ bins }) => page.push(bins.n as number));
          stream.on('error', reject);
          stream.on('end', (state: number[] | undefined) => {
            isDone = state === undefined;
            if (state) scan.nextPage(state);
            resolve(page);
          });
        }),
      isDone: () => isDone,
    });
    assert.ok(pages.every(page => page.length <= 25));
    assert.deepEqual(
      pages.flat().sort((a, b) => a - b),
      ALL,
    );
  });

  it('gives a query page by page, each record once', async () => {
    await createIndex();
    const query = context().client.query('test', 's');
    query.where(filter.range('n', 0, COUNT));
    query.paginate = true;
    query.maxRecords = 25;
    const pages = await pagesOf({
      next: async () => {
        const page = numbersOf(await query.results());
        if (query.queryState) query.nextPage(query.queryState);
        return page;
      },
      isDone: () => query.queryState === undefined || !query.hasNextPage(),
    });
    assert.ok(pages.every(page => page.length <= 25));
    assert.deepEqual(
      pages.flat().sort((a, b) => a - b),
      ALL,
    );
  });

  it('has a background job work on each node, on the records of that node', async () => {
    const { client } = context();
    const job = await client.scan('test', 's').operate([op.incr('times', 1)]);
    await job.waitUntilDone(1);
    const records = await client.scan('test', 's').results();
    assert.deepEqual(new Set(records.map(({ bins }) => bins.times)), new Set([1]));
    const answers = await client.infoAll(`query-show:id=${String(job.jobID)}`);
    const succeeded = answers.map(({ info }) => Number(/recs-succeeded=(\d+)/.exec(info)?.[1]));
    const owners = records.map(({ key }) => ownerOf(key));
    const expected = NAMES.map(name => owners.filter(owner => owner === name).length);
    assert.deepEqual(succeeded.sort(), expected.sort());
  });

  it('has all of its nodes hear of an index, a UDF and a truncation', async () => {
    const { client } = context();
    const everywhere = async (request: string): Promise<Set<string>> =>
      new Set((await client.infoAll(request)).map(({ info }) => info));
    await createIndex();
    const exists = 'sindex-exists:namespace=test;indexname=i';
    assert.deepEqual(await everywhere(exists), new Set([`${exists}\ttrue\n`]));
    await client.truncate('test', 's', 0);
    assert.deepEqual(await client.scan('test', 's').results(), []);
    const [statistics = ''] = await everywhere('statistics');
    assert.match(statistics, /cluster_size=3;.*objects=0/);
  });

  it('answers an info request of each node for that node', async () => {
    const { client } = context();
    for (const node of client.getNodes()) {
      assert.equal(await client.infoNode('node', node), `node\t${node.name}\n`);
    }
  });

  describe('with functions', () => {
    const previous = process.cwd();
    let folder: string;

    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), 'cluster-udfs-'));
      await writeFile(join(folder, 'cluster.lua'), COUNT_LUA);
      // The client's own Lua file, with which it adds up what the nodes answer.
      process.chdir(folder);
      await context().server.registerUdf('cluster', {
        count: records => [...records].length,
        mark(record) {
          record.bins.mark = true;
          record.save();
        },
      });
    });

    afterEach(async () => {
      process.chdir(previous);
      await rm(folder, { recursive: true });
    });

    it('aggregates what its nodes have', async () => {
      assert.equal(await context().client.query('test', 's').apply('cluster', 'count'), COUNT);
    });

    it('applies them on all nodes, to single records and in batches', async () => {
      const { client } = context();
      const udf = { module: 'cluster', funcname: 'mark', args: [] };
      const half = KEYS.slice(0, COUNT / 2);
      await Promise.all(half.map(key => client.apply(key, udf)));
      await client.batchApply(KEYS.slice(COUNT / 2), udf);
      assert.deepEqual(new Set(await marksOf(client)), new Set([true]));
    });

    async function marksOf(client: Client): Promise<unknown[]> {
      const rows = await client.batchRead(KEYS.map(key => ({ key, readAllBins: true })));
      return rows.map(({ record }) => record.bins.mark);
    }
  });
});
