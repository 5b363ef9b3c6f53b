import assert from 'node:assert/strict';
import { AerospikeMemoryServer } from '../src';
import {
  CLIENT_VERSIONS,
  recordedHandshakes,
  recordedSteps,
  type RecordedStep,
} from './support/recordings';
import { comparable, isAboutRunningJob } from './support/comparison';
import { codeOf, exchangesOf, replay } from './support/exchanges';
import { RECORDED_UDFS } from './support/recorded-udfs';
import { OTHERWISE } from './support/steps';
import { WireClient } from './support/wire-client';

const HEADER_LENGTH = 8;
const NOTHING = Buffer.alloc(0);

for (const version of CLIENT_VERSIONS) {
  describe(`what client ${version} says is answered as by a real server`, () => {
    let server: AerospikeMemoryServer;
    let client: WireClient;

    before(async () => {
      server = await AerospikeMemoryServer.create({
        namespaces: ['test', 'bar'],
        clusterName: 'wirelocal',
      });
      await server.registerUdf('wire', RECORDED_UDFS);
      client = await WireClient.connect(server.port);
    });

    after(async () => {
      client.close();
      await server.stop();
    });

    async function check({ step, messages }: RecordedStep): Promise<void> {
      for (const exchange of exchangesOf(messages)) {
        const answers = await replay(client, exchange);
        if (isAboutRunningJob(exchange.responses)) continue;
        const [request = NOTHING] = exchange.requests;
        const [actual, expected] = [answers, exchange.responses].map(each =>
          comparable(request, each),
        );
        if (!(step in OTHERWISE)) assert.deepEqual(actual, expected);
        else {
          assert.notDeepEqual(actual, expected, `${step} is answered as recorded`);
          assert.deepEqual(
            answers.map(codeOf),
            answers.map(() => OTHERWISE[step]?.code),
          );
        }
      }
    }

    for (const { variant, request, response } of recordedHandshakes(version)) {
      const text = request.toString('utf8', HEADER_LENGTH).trimEnd().replaceAll('\n', ', ');
      it(`handshake (${variant}): ${request[1] === 1 ? text : 'log in'}`, async () => {
        const answer = await client.request(request);
        // The recorded server listened on port 5100.
        const address = `${server.hosts}\n`;
        const expected = response.toString('latin1', HEADER_LENGTH);
        const actual = answer
          .toString('latin1', HEADER_LENGTH)
          .replace(address, '127.0.0.1:5100\n');
        // This server has its partitions from the start.
        const isReady = variant !== 'server-just-started';
        assert.equal(actual, isReady ? expected : expected.replace('\t-1\n', '\t0\n'));
      });
    }

    for (const step of recordedSteps(version)) {
      if (step.messages.length === 0) continue;
      it(step.step, () => check(step));
    }
  });
}

describe('what is answered otherwise', () => {
  it('was recorded', () => {
    const names = new Set(CLIENT_VERSIONS.flatMap(recordedSteps).map(({ step }) => step));
    for (const name of Object.keys(OTHERWISE)) assert.ok(names.has(name), name);
  });
});
