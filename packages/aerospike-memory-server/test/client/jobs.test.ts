import assert from 'node:assert/strict';
import Aerospike from 'aerospike';
import { running, withCode } from '../support/running-server';

const { filter, jobStatus, operations: op, lists } = Aerospike;

describe('background scans and queries', () => {
  const context = running();
  let set: string;
  let sets = 0;

  beforeEach(async () => {
    const { client } = context();
    set = `s${++sets}`;
    for (let n = 0; n < 10; n++) await client.put(new Aerospike.Key('test', set, n), { n });
  });

  async function bins(): Promise<unknown[]> {
    const records = await context().client.scan('test', set).results();
    return records.map(record => record.bins as { n: number }).sort((a, b) => a.n - b.n);
  }

  it('change every record of a set', async () => {
    const { client } = context();
    const job = await client.scan('test', set).operate([op.incr('count', 2)]);
    await job.waitUntilDone(1);
    assert.deepEqual(
      await bins(),
      Array.from({ length: 10 }, (_, n) => ({ n, count: 2 })),
    );
    assert.deepEqual(await job.info(), {
      progressPct: 100,
      recordsRead: 10,
      status: jobStatus.COMPLETED,
    });
  });

  it('change the records that a query finds', async () => {
    const { client } = context();
    await client.createIntegerIndex({ ns: 'test', set, bin: 'n', index: `index-${set}` });
    const query = client.query('test', set);
    query.where(filter.range('n', 3, 4));
    const job = await query.operate([op.write('found', true), lists.append('l', 1)]);
    await job.waitUntilDone(1);
    assert.deepEqual((await bins()).slice(2, 6), [
      { n: 2 },
      { n: 3, found: true, l: [1] },
      { n: 4, found: true, l: [1] },
      { n: 5 },
    ]);
  });

  it('apply a function to every record', async () => {
    const { client, server } = context();
    await server.registerUdf('jobs', {
      double(record) {
        record.bins.n = (record.bins.n as number) * 2;
        record.save();
      },
    });
    const job = await client.scan('test', set).background('jobs', 'double', []);
    await job.waitUntilDone(1);
    assert.deepEqual(
      await bins(),
      Array.from({ length: 10 }, (_, n) => ({ n: 2 * n })),
    );
    const answer = await client.infoAny(`query-show:id=${String(job.jobID)}`);
    assert.match(
      answer,
      /:recs-succeeded=10:recs-failed=0:.*:udf-filename=jobs:udf-function=double/,
    );
  });

  it('with a function that nobody registered fail for every record', async () => {
    const { client } = context();
    const job = await client.scan('test', set).background('nowhere', 'nothing', []);
    assert.equal((await job.info()).recordsRead, 0);
    const answer = await client.infoAny(`query-show:id=${String(job.jobID)}`);
    assert.match(answer, /:recs-succeeded=0:recs-failed=10:/);
  });

  it('have the pace that their client allows', async () => {
    const { client } = context();
    const pace = new Aerospike.ScanPolicy({ recordsPerSecond: 500 });
    const job = await client.scan('test', set).operate([op.touch(100)], pace);
    const answer = await client.infoAny(`query-show:id=${String(job.jobID)}`);
    assert.match(answer, /:rps=500:/);
  });

  it('count the records that they could not change', async () => {
    const { client } = context();
    await client.put(new Aerospike.Key('test', set, 0), { n: 'text' });
    const job = await client.scan('test', set).operate([op.incr('n', 1)]);
    const answer = await client.infoAny(`query-show:id=${String(job.jobID)}`);
    assert.match(answer, /:recs-succeeded=9:recs-failed=1:/);
  });

  it('can remove records', async () => {
    const { client } = context();
    await client.scan('test', set).operate([op.delete()]);
    assert.deepEqual(await bins(), []);
  });

  it('without an index are refused', async () => {
    const { client } = context();
    const query = client.query('test', set);
    query.where(filter.equal('n', 1));
    await assert.rejects(query.operate([op.touch(100)]), withCode(201));
  });

  it('that nobody knows count as completed for the client', async () => {
    const { client } = context();
    const job = await client.scan('test', set).operate([op.touch(100)]);
    job.jobID = 1;
    assert.equal((await job.info()).status, jobStatus.COMPLETED);
    await assert.rejects(client.infoAny('query-show:id=1'), withCode(2));
  });
});
