import assert from 'node:assert/strict';
import { AerospikeMemoryServer } from '../src';
import {
  CLIENT_VERSIONS,
  recordedHandshakes,
  recordedSteps,
  type RecordedMessage,
  type RecordedStep,
} from './support/recordings';
import { comparable, endsIn, isAboutRunningJob, isQuery } from './support/comparison';
import { RECORDED_UDFS } from './support/recorded-udfs';
import { OTHERWISE } from './support/steps';
import { resultCodeOf } from './support/requests';
import { WireClient } from './support/wire-client';

const HEADER_LENGTH = 8;
const INFO = 1;
const NOTHING = Buffer.alloc(0);

/** Requests that were sent without waiting, and the answers to them. */
interface Exchange {
  readonly requests: Buffer[];
  readonly responses: Buffer[];
}

/** The result code of an answer; 0 for an info command that does not fail. */
function codeOf(answer: Buffer): number {
  if (answer[1] !== INFO) return resultCodeOf(answer);
  return Number(/\tERROR:(\d+)/.exec(answer.toString('utf8', HEADER_LENGTH))?.[1] ?? 0);
}

function exchangesOf(messages: readonly RecordedMessage[]): Exchange[] {
  const exchanges: Exchange[] = [];
  let last: RecordedMessage['dir'] = 'response';
  for (const { dir, frame } of messages) {
    if (dir === 'request' && last === 'response') exchanges.push({ requests: [], responses: [] });
    const exchange = exchanges.at(-1);
    (dir === 'request' ? exchange?.requests : exchange?.responses)?.push(frame);
    last = dir;
  }
  return exchanges;
}

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

    async function replay({ requests, responses }: Exchange): Promise<Buffer[]> {
      await client.send(Buffer.concat(requests));
      const isQueries = requests.every(isQuery);
      const answers: Buffer[] = [];
      let ended = 0;
      while (isQueries ? ended < requests.length : answers.length < responses.length) {
        const frame = await client.receive();
        answers.push(frame);
        ended += endsIn(frame);
      }
      return answers;
    }

    async function check({ step, messages }: RecordedStep): Promise<void> {
      for (const exchange of exchangesOf(messages)) {
        const answers = await replay(exchange);
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
